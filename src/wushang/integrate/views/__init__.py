"""Pages of integration: one enterprise (units), one injury (links), reports without a claim (leads)."""

from wushang.integrate.views.leads import leads, leads_of, look_into, plain_lead, purpose, undo_check
from wushang.integrate.views.links import confirm, link, links, refuse_link, release
from wushang.integrate.views.units import different, merges, pair, pairs, same, split, undo_merge, undo_split

__all__ = [
    "confirm", "different", "leads", "leads_of", "link", "links", "look_into", "merges", "pair", "pairs", "plain_lead", "purpose",
    "refuse_link", "release", "same", "split", "undo_check", "undo_merge", "undo_split",
]  # fmt: skip
