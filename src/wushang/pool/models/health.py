"""What hospitals and health institutions report: first visits (医院首诊) and occupational diseases (职业病报告卡)."""

from django.db import models

from wushang.people.crypto import EncryptedTextField
from wushang.pool.models.told import Told


class Visit(Told):
    """One first visit for an injury. What was diagnosed and where it happened is sealed; `part` is the coded region."""

    number = models.CharField(max_length=60)  # 就诊流水号
    visited = models.DateField()
    hour = models.SmallIntegerField(null=True)
    facility = models.CharField(max_length=80, blank=True)  # 医疗机构
    department = models.CharField(max_length=40, blank=True)  # 科室
    age = models.SmallIntegerField(null=True)
    sex = models.CharField(max_length=2, blank=True)
    occupation = models.CharField(max_length=60, blank=True)
    diagnosis = EncryptedTextField(blank=True, default="")  # ICD-10 code
    part = models.CharField(max_length=20, blank=True)  # body region of the ICD block, terms.codes icd10_injury
    cause = models.CharField(max_length=10, blank=True)  # external cause V–Y, as coded
    cause_group = models.CharField(max_length=20, blank=True)  # its block, terms.codes icd10_cause
    place = EncryptedTextField(blank=True, default="")  # 受伤地点: may be somebody's home
    at_work = models.BooleanField(null=True)  # 是否工作中受伤, as the patient says
    presumed = models.CharField(max_length=20, blank=True)  # where nobody says: the phrase that makes it likely (at_work_phrase)
    category = models.CharField(max_length=20, blank=True)  # self | medical | injury: 自费/医保/工伤
    outcome = models.CharField(max_length=20, blank=True)  # 转归
    worker_key = models.CharField(max_length=40, blank=True, db_index=True)
    masked_name = models.CharField(max_length=40, blank=True)
    personal = EncryptedTextField(blank=True, default="")

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["visited"], name="visit_by_day")]


class Disease(Told):
    """One occupational-disease report card (职业病报告卡)."""

    number = models.CharField(max_length=60)  # 报告卡编号
    disease = models.CharField(max_length=20)  # terms.codes occupational_disease of `edition`
    edition = models.CharField(max_length=4, blank=True)  # 职业病分类和目录: 2013 | 2024
    stage = models.CharField(max_length=10, blank=True)  # 期别 of a pneumoconiosis: 1 | 2 | 3
    exposure_months = models.IntegerField(null=True)  # 接害工龄
    post = models.CharField(max_length=60, blank=True)  # 工种
    factor = models.CharField(max_length=80, blank=True)  # 危害因素
    first_diagnosed = models.DateField(null=True)
    occurred = models.DateField()  # the day the card counts for: 首次诊断日期, else 报告日期
    reported = models.DateField(null=True)
    institution = models.CharField(max_length=120, blank=True)  # 诊断机构
    status = models.CharField(max_length=12, blank=True)  # suspected | confirmed | advanced: 疑似/确诊/晋期
    died = models.DateField(null=True)
    worker_key = models.CharField(max_length=40, blank=True, db_index=True)
    masked_name = models.CharField(max_length=40, blank=True)
    personal = EncryptedTextField(blank=True, default="")

    class Meta(Told.Meta):
        indexes = [*Told.Meta.indexes, models.Index(fields=["occurred"], name="disease_by_day")]
