"""What a hospital writes of an injury: ICD-10 code of the part hurt, code of the external cause, the complaint."""

from __future__ import annotations

# word in the part of the body → ICD-10 chapter S and T (first that fits)
PARTS = (
    ("食指", "S61.0"), ("拇指", "S61.0"), ("中指", "S62.6"), ("环指", "S68.1"), ("手掌", "S61.9"), ("手背", "S60.2"),
    ("双手", "T23.0"), ("右手", "S60.9"), ("左手", "S67.8"), ("前臂", "S52.9"), ("桡骨", "S52.5"), ("足趾", "S97.1"),
    ("足背", "S92.3"), ("右足", "S97.8"), ("跟骨", "S92.0"), ("踝", "S93.4"), ("小腿", "S82.2"), ("膝", "S80.0"),
    ("双下肢", "T02.5"), ("腰椎", "S32.0"), ("腰部", "S33.5"), ("肋骨", "S22.4"), ("胸部", "S20.2"), ("锁骨", "S42.0"),
    ("头部", "S06.9"), ("面部", "T20.2"), ("眼", "T15.0"), ("全身", "T65.9"), ("心脏", "I21.9"),
)  # fmt: skip
# accident kind (old and new word) → external cause, how patients put it
CAUSES = {
    "机械伤害": ("W31", "机器压伤"), "机械致害": ("W31", "机器压伤"), "物体打击": ("W20", "重物砸伤"),
    "高处坠落": ("W13", "高处跌落"), "车辆伤害": ("W22", "被叉车撞伤"), "厂(场)内车辆致害": ("W22", "被叉车撞伤"),
    "起重伤害": ("W20", "被吊物砸伤"), "起重致害": ("W20", "被吊物砸伤"), "触电": ("W86", "触电"),
    "灼烫": ("X19", "烫伤"), "中毒和窒息": ("X47", "吸入有毒气体"), "中毒": ("X47", "吸入有毒气体"),
    "坍塌": ("W20", "被埋压"), "其他伤害": ("W18", "扭伤摔伤"), "其他事故": ("W18", "扭伤摔伤"),
}  # fmt: skip
ON_THE_WAY, ILL = ("V49", "交通事故伤"), ("", "突发不适")


def diagnosis(part: str) -> str:
    """The ICD-10 code for a part of the body; T14 for one that the table does not know."""
    return next((code for word, code in PARTS if word in part), "T14.9")


def cause(kind: str, situation: str) -> tuple[str, str]:
    """External cause and complaint by the accident's kind; commuting and illness have none."""
    if situation == "14-6":
        return ON_THE_WAY
    return ILL if situation == "15-1" else CAUSES.get(kind, ("X59", "受伤"))
