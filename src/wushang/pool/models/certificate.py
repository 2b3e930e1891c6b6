"""特种作业操作证 of one worker. Its number is the ID number after a letter: sealed, like the name."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.told import Told


class Certificate(Told):
    number = EncryptedTextField(blank=True, default="")  # 证书编号
    trade = models.CharField(max_length=60)  # 作业类别
    item = models.CharField(max_length=80, blank=True)  # 准操项目
    issued = models.DateField(null=True)  # 初领日期
    review = models.DateField(null=True)  # 应复审日期
    valid_to = models.DateField(null=True)
    worker_key = models.CharField(max_length=40, blank=True, db_index=True)
    masked_name = models.CharField(max_length=40, blank=True)
    personal = EncryptedTextField(blank=True, default="")

    class Meta(Told.Meta):
        pass
