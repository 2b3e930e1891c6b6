"""联系人库: who cannot be reached, one enterprise's contacts, the import with its row-by-row problems."""

import json
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from wushang.people import audit
from wushang.people.crypto import decrypt, encrypt
from wushang.people.models import Region
from wushang.people.page import allowed, day_of
from wushang.pool import contact_file, contacts
from wushang.pool.contact_rows import Checked, Directory, check
from wushang.pool.deeds.add_contact import AddContact
from wushang.pool.deeds.import_contacts import ImportContacts
from wushang.pool.deeds.verify_contact import MarkInvalid, ReadContact, RestoreContact, VerifyContact
from wushang.pool.forms import ContactForm, FileForm
from wushang.pool.models import Contact, EnterpriseVersion
from wushang.pool.sheet import Column, Heading, ledger
from wushang.terms.problem import Refused

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_PROBLEMS = 500  # on the page
MENDED = 4000  # in the sheet to mend; more would not fit into one request


@allowed("pool.contacts")
def contact_list(request):
    """Enterprises by tab: 无有效联系人, 待核实, 无效号码, 全部."""
    name = _tab(request)
    found = _asked(request)
    page = Paginator(contacts.tab(found, name, request.today).order_by("region", "name"), 50).get_page(request.GET.get("page"))
    page.pages_near = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    titles = {"none": _("无有效联系人"), "stale": _("待核实"), "invalid": _("有无效号码"), "all": _("全部单位")}
    counts = [(one, titles[one], contacts.tab(found, one, request.today).count(), one == name) for one in contacts.TABS]
    context = {
        "page": page, "rows": _rows(page.object_list, request.today), "tabs": counts, "asked": request.GET,
        "towns": _towns(request), "query": request.GET.urlencode(), "tab": name,
    }  # fmt: skip
    return render(request, "pool/contacts.html", context)


def _tab(request: HttpRequest) -> str:
    return request.GET.get("tab") if request.GET.get("tab") in contacts.TABS else "none"  # type: ignore[return-value]


def _asked(request: HttpRequest):
    """The filters of the address: name or code, township."""
    found = contacts.standing(request.scope)  # type: ignore[attr-defined]
    text, town = request.GET.get("q", "").strip(), request.GET.get("town", "")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(uscc__istartswith=text))
    return found.filter(region__startswith=town) if town else found


def _towns(request: HttpRequest) -> list[tuple[str, str]]:
    used = contacts.standing(request.scope).values("region")  # type: ignore[attr-defined]
    return list(Region.objects.filter(code__in=used).values_list("code", "name"))


def _rows(versions, today) -> list[dict]:
    versions = list(versions)
    towns = dict(Region.objects.filter(code__in={v.region for v in versions}).values_list("code", "name"))
    known = contacts.of(v.enterprise_id for v in versions)
    return [
        {"version": v, "town": towns.get(v.region, v.region),
         "shown": [contacts.Shown(c, today) for c in known[v.enterprise_id]]}
        for v in versions
    ]  # fmt: skip


@allowed("pool.contacts")
def contact_export(request):
    """What the list shows, as xlsx; numbers masked as there."""
    audit.write(request.actor, request.now, "pool.contacts", "contacts:", {"filters": request.GET.urlencode()})
    found = contacts.tab(_asked(request), _tab(request), request.today).order_by("region", "name")
    columns = (Column(_("单位名称"), 40), Column(_("统一社会信用代码"), 22), Column(_("镇（街道、区）"), 14), Column(_("角色"), 12),
               Column(_("姓名"), 10), Column(_("手机"), 16), Column(_("来源"), 14), Column(_("核实日期"), 12, "date"),
               Column(_("状态"), 12))  # fmt: skip
    rows = [line for row in _rows(found, request.today) for line in _lines(row)]
    heading = Heading(_("联系人库"), str(request.user.department or ""), request.user.name, request.today)
    return _sheet(ledger(heading, columns, rows), _("联系人库"), request.today)


def _lines(row: dict) -> list[tuple]:
    unit = (row["version"].name, row["version"].uscc, row["town"])
    state = {True: _("无效号码"), False: ""}
    return [
        (*unit, one.role, one.name, one.phone, one.contact.source, one.contact.verified, state[bool(one.contact.invalid_since)])
        for one in row["shown"]
    ] or [(*unit, "", "", "", "", None, _("无有效联系人"))]


def _sheet(data: bytes, title: str, on) -> HttpResponse:
    response = HttpResponse(data, content_type=SHEET)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{title}{on}.xlsx')}"
    return response


def _unit(request: HttpRequest, pk: int) -> EnterpriseVersion:
    return get_object_or_404(contacts.standing(request.scope), enterprise=pk)  # type: ignore[attr-defined]


@allowed("pool.contacts")
def unit_contacts(request, pk: int):
    """One enterprise: its contacts, add one."""
    version = _unit(request, pk)
    form = ContactForm(request.POST or None, initial={"verified": request.today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        said["source"] = said["source"] or str(request.user.department or _("手工登记"))
        try:
            made = AddContact(request.actor, request.now, version.enterprise, **said).do()
            rest = "" if made.verified else _("还没有核实，打通后请登记核实。")
            messages.success(request, _("已登记%(role)s。") % {"role": contacts.ROLES[made.role]} + rest)
            return redirect("pool:unit_contacts", pk=pk)
        except Refused as refused:
            form.add_error(None, str(refused))
    return render(request, "pool/unit_contacts.html", _unit_context(request, version, form))


def _unit_context(request, version: EnterpriseVersion, form: ContactForm) -> dict:
    known = contacts.of([version.enterprise_id])[version.enterprise_id]
    town = Region.objects.filter(code=version.region).first()
    return {
        "version": version, "town": town, "form": form, "usable": contacts.usable(known),
        "shown": [contacts.Shown(c, request.today) for c in known if not c.invalid_since],
        "invalid": [contacts.Shown(c, request.today) for c in known if c.invalid_since],
    }  # fmt: skip


def _contact(request: HttpRequest, pk: int) -> tuple[Contact, int]:
    """The contact and the enterprise under which it is shown (of a merged one: the kept one)."""
    contact = get_object_or_404(Contact, pk=pk)
    enterprise = contacts.merged_into().get(contact.enterprise_id, contact.enterprise_id)
    if not contacts.standing(request.scope).filter(enterprise=enterprise).exists():  # type: ignore[attr-defined]
        raise Http404
    return contact, enterprise


@allowed("pool.contacts")
@require_POST
def verify(request, pk: int):
    contact, enterprise = _contact(request, pk)
    on = day_of(request.POST, "on") or request.today
    return _done(request, VerifyContact(request.actor, request.now, contact, on), enterprise, _("已登记 %(on)s 核实。") % {"on": on})


@allowed("pool.contacts")
@require_POST
def mark_invalid(request, pk: int):
    contact, enterprise = _contact(request, pk)
    deed = MarkInvalid(request.actor, request.now, contact, request.POST.get("reason", ""))
    undo = f"undo:{reverse('pool:restore_contact', args=[pk])}"
    return _done(request, deed, enterprise, _("已标为无效号码，不再往这个号码发送。请补登新的联系人。"), undo)


@allowed("pool.contacts")
@require_POST
def restore(request, pk: int):
    contact, enterprise = _contact(request, pk)
    return _done(request, RestoreContact(request.actor, request.now, contact), enterprise, _("号码已恢复使用。"))


def _done(request, deed, enterprise: int, said: str, tags: str = "") -> HttpResponse:
    try:
        deed.do()
        messages.success(request, said, extra_tags=tags)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("pool:unit_contacts", pk=enterprise)


@never_cache
@allowed("pool.contacts")
@require_POST
def read_contact(request, pk: int):
    """Name and number in full for a call; the deed writes who read it."""
    contact, enterprise = _contact(request, pk)
    name, phone = ReadContact(request.actor, request.now, contact).do()
    plain = {"name": name, "phone": phone, "pk": pk}
    if request.htmx:
        return render(request, "pool/_plain.html", {"plain": plain})
    version = _unit(request, enterprise)
    form = ContactForm(initial={"verified": request.today})
    return render(request, "pool/unit_contacts.html", {**_unit_context(request, version, form), "plain": plain})


@never_cache
@allowed("pool.contacts")
def import_contacts(request):
    """Upload; good rows go in at once, the others are told one by one and given back as a sheet to mend."""
    form = FileForm(request.POST or None, request.FILES or None)
    context: dict = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            raws = contact_file.read(file.read(), file.name)
            checked = check(raws, Directory(request.scope), request.today)
            taken = ImportContacts(request.actor, request.now, checked.ready, file.name).do()
            context |= {
                "total": len(raws), "taken": taken, "faulty": checked.faulty[:SHOWN_PROBLEMS], "file": file.name,
                "wrong": len(checked.faulty), "sealed": _sealed(checked), "mended": min(len(checked.faulty), MENDED), "done": True,
            }  # fmt: skip
        except Refused as refused:
            form.add_error("file", str(refused))
    return render(request, "pool/import_contacts.html", context)


def _sealed(checked: Checked) -> str:
    """The faulty rows for the sheet to mend, sealed: the page carries them, nobody can read them there."""
    rows = [
        [one.raw.number, *(one.raw.cells.get(name, "") for name in contact_file.COLUMNS),
         "；".join(f"{p.column}：{p.why}" for p in one.problems), "".join(p.remedy for p in one.problems)]
        for one in checked.faulty[:MENDED]
    ]  # fmt: skip
    return encrypt(json.dumps(rows, ensure_ascii=False)) if rows else ""


@never_cache
@allowed("pool.contacts")
@require_POST
def contact_problems(request):
    """订正表: the rows that were not taken, with what is wrong; mended there, uploaded again. It holds plain numbers."""
    try:
        rows = json.loads(decrypt(request.POST.get("rows", "")))
        if any(len(row) != len(_mending()) for row in rows):  # sealed for another page, or before the columns changed
            raise ValueError("not the columns of this sheet")
    except Exception as broken:  # a form that is not ours
        raise Http404 from broken
    audit.write(request.actor, request.now, "pool.contacts", "contacts:", {"rows": len(rows)})
    heading = Heading(_("联系人订正表"), str(request.user.department or ""), request.user.name, request.today)
    return _sheet(ledger(heading, _mending(), rows), heading.title, request.today)


@allowed("pool.contacts")
def contact_sample(request):
    """样表: the columns and one row as an example."""
    columns = _mending()[1:-2]
    row = ("××杯业有限公司", "", _("经办人"), "张某某", "13800001111", _("镇街核实"), request.today.isoformat())
    heading = Heading(_("联系人样表"), str(request.user.department or ""), request.user.name, request.today)
    return _sheet(ledger(heading, columns, [row]), heading.title, request.today)


def _mending() -> list[Column]:
    return [Column(_("文件行号"), 10), Column(_("单位名称"), 36), Column(_("统一社会信用代码"), 22), Column(_("角色"), 12), Column(_("姓名"), 10),
            Column(_("手机"), 16), Column(_("来源"), 14), Column(_("核实日期"), 12), Column(_("问题"), 40), Column(_("建议"), 40)]  # fmt: skip
