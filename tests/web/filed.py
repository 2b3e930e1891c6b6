"""A small file as the injury insurance section sends it (one good row, two that wait), and a policy."""

from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile

import wushang

GAOTAI = (Path(wushang.__file__).parent / "policies/gaotai/graded_warning.yaml").read_text(encoding="utf-8")
CLAIMS = (
    "受理编号,单位名称,统一社会信用代码,姓名,证件号码,事故时间,申请日期\n"
    "工〔2026〕1号,甲公司,,张三丰,11010519491231002X,2026-03-05,2026-03-09\n"
    "工〔2026〕2号,乙公司,9144030019220382I6,李四光,,2026-03-06,2026-03-09\n"
    "工〔2026〕3号,丙公司,,王五一,110105194912310021,2026-13-02,2026-03-09\n"
)


def claims(name: str = "工伤认定.csv", text: str = CLAIMS) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())
