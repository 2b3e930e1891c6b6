"""Age bands (年龄段): the list age_band, from a number of years."""

from datetime import date

from wushang.terms.codes.lookup import all as listed


def age_band(years: int | None, on: date) -> str:
    """Completed years in, the band's code out; '' where nobody says."""
    if years is None:
        return ""
    return next((band.code for band in listed("age_band", on) if int(band.extra["from"]) <= years < int(band.extra["below"])), "")
