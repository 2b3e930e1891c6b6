"""Dirt: full-width digits, letters and brackets (９１４４…（）)."""

from collect.dirt.files import CLAIM, claims, csv_of

WIDE = str.maketrans("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ()[]-/.:", "０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ（）［］－／．：")


def test_full_width_is_read_as_half_width():
    header = [*CLAIM, "统一社会信用代码", "岗位(工种)"]
    line = ["工[2026]1号", "恒岳杯业(东城)有限公司", "张三", "2026-03-05", "2026/3/9", "914403001922038216", "CNC操作工"]
    plain = claims(csv_of(header, line), "a.csv").accepted
    wide = claims(csv_of([h.translate(WIDE) for h in header], [c.translate(WIDE) for c in line]), "a.csv").accepted
    assert plain["digest"].to_list() == wide["digest"].to_list()
    assert wide.select("number", "uscc").rows() == [("工〔2026〕1号", "914403001922038216")]
