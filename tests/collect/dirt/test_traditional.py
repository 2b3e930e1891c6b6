"""Dirt: traditional characters in headers and in words of a list; names stay as they were written."""

from collect.dirt.files import check, claims, csv_of


def test_traditional_headers_and_words_are_understood_and_names_stay():
    header = ["受理編號", "單位名稱", "姓名", "事故時間", "申請日期", "事故類別", "統一社會信用代碼", "傷殘等級"]
    line = ["工〔2026〕1號", "恆嶽盃業有限公司", "張三", "2026-03-05", "2026-03-09", "機械傷害", "914403001922038216", "九級"]
    (row,) = claims(csv_of(header, line), "a.csv").accepted.rows(named=True)
    plain = claims(csv_of([*header[:5], "事故类别"], [*line[:5], "机械伤害"]), "a.csv").accepted
    assert (row["employer_name"], row["worker"]) == ("恆嶽盃業有限公司", "張三")
    assert row["kind"] == plain["kind"][0] is not None
    assert row["grade"]


def test_a_traditional_two_level_header():
    lines = [["所屬期", "單位編號", "單位名稱", "參保人數", ""], ["", "", "", "合計", "其中：農民工"], ["202603", "1", "甲", "5", "2"]]
    assert check(csv_of(*lines), "a.csv").accepted.select("insured", "rural").rows() == [(5, 2)]
