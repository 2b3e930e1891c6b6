"""机器接口 under /api/: the rooms' operations, found by being there (`<room>/api.py`), one door and one form of error.

Sign-in is the session with its CSRF token; a department's system enters by a token (机器账号). The reference at /api/docs is drawn from our own files only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.openapi.docs import Swagger
from ninja.renderers import JSONRenderer

from wushang.people.deed import NotAllowed
from wushang.people.machine import Session
from wushang.people.page import signed_in
from wushang.terms.problem import Problem, Refused

ABOUT = """
各房间的数据和动作。用平台账号登录（会话），写操作带 X-CSRFToken；“报送接口”也可用机器账号的令牌（Authorization: Bearer …）。
列表按管辖范围裁剪，看不见的和不存在的一样是 404。出错时的回答一律是 {code, column, value, why, remedy, also}。
"""
class Readable(JSONRenderer):
    """Chinese as it is read, not as numbers: people try the door by curl. A lone half of a character stays a number."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return super().render(request, data, response_status=response_status).encode("utf-8", "backslashreplace")


CONFLICTS = {"state", "taken_over", "key_used"}  # the thing has moved on meanwhile


api = NinjaAPI(
    title="无伤 · 机器接口",
    version="1",
    description=ABOUT,
    urls_namespace="api",
    auth=Session(),
    renderer=Readable(),
    docs=Swagger({"tryItOutEnabled": False, "validatorUrl": None}),
    docs_decorator=signed_in,
)
for _room in settings.PRESENT_ROOMS:
    if find_spec(f"wushang.{_room}.api"):
        api.add_router("", import_module(f"wushang.{_room}.api").router)


def answer(request: HttpRequest, status: int, *problems: Problem) -> HttpResponse:
    """The one form of error."""
    first, *more = [problem.to_json() for problem in problems]
    return api.create_response(request, first | {"also": more}, status=status)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(request, 422, *(_problem(request, one) for one in error.errors))


@api.exception_handler(Refused)
def _refused(request: HttpRequest, refused: Refused) -> HttpResponse:
    forbidden = isinstance(refused, NotAllowed)
    status = 403 if forbidden else 409 if refused.problem.code in CONFLICTS else 422
    said = answer(request, getattr(refused, "status", status), refused.problem)
    if said.status_code == 429:
        said["Retry-After"] = "60"
    return said


@api.exception_handler(Http404)
def _absent(request: HttpRequest, _error: Http404) -> HttpResponse:
    return answer(request, 404, absent())


def absent() -> Problem:
    return Problem("not_found", "", "", _("没有这一项，或者它不在您的管辖范围内。"), _("请核对编号。"))


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, _error: PermissionDenied) -> HttpResponse:
    why, remedy = _("您的岗位没有这项权限。"), _("请联系本单位的系统管理员核对岗位和管辖范围。")
    return answer(request, 403, Problem("not_allowed", "", "", why, remedy))


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """What the door itself refuses: not signed in, no CSRF token, a body that is no JSON."""
    said = {
        401: Problem("sign_in", "", "", _("没有登录，或者登录已过期。"), _("请先登录平台。")),
        403: Problem("csrf", "X-CSRFToken", "", _("没有 CSRF 令牌，或者令牌不对。"), _("请把 Cookie 里的 csrftoken 放进 X-CSRFToken。")),
    }
    unread = Problem("body", "", "", _("请求内容读不懂。"), _("请按 /api/docs 的格式发送。"))
    return answer(request, error.status_code, said.get(error.status_code, unread))


def _bad(request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(request, 400, Problem("body", "", "", _("请求内容读不懂。"), _("请按 /api/docs 的格式发送。")))


for _kind in (BadRequest, SuspiciousOperation, MultiPartParserError):
    api.add_exception_handler(_kind, _bad)


def _problem(request: HttpRequest, error: Mapping[str, Any]) -> Problem:
    """One complaint of the form reader in our words."""
    column, kind = ".".join(str(part) for part in error["loc"][1:]), error["type"]
    path = request.resolver_match.kwargs if request.resolver_match else {}
    value = path.get(column) or request.GET.get(column) or _posted(request).get(column) or ""
    why, remedy = _words(kind, error.get("ctx", {}))
    return Problem("missing" if kind == "missing" else "value", column, value[:100], why, remedy)


def _posted(request: HttpRequest) -> Mapping[str, Any]:
    """The form as sent; nothing where it is a form in name only."""
    try:
        return request.POST
    except MultiPartParserError:
        return {}


def _words(kind: str, limits: Mapping[str, Any]) -> tuple[str, str]:
    if kind == "missing":
        return _("缺少这一项。"), _("请补上。")
    if kind.startswith(("int", "float")):
        return _("应是数字。"), _("请写成阿拉伯数字。")
    if kind.startswith("date"):
        return _("应是日期。"), _("请写成 2026-03-20 这样。")
    if kind == "literal_error":
        return _("没有这个选项。"), _("可用的有：%(names)s。") % {"names": limits.get("expected", "")}
    bounds = {"greater_than_equal": ("ge", _("不小于")), "less_than_equal": ("le", _("不大于"))}
    if kind in bounds:
        name, words = bounds[kind]
        return _("超出范围。"), f"{words} {limits.get(name)}。"
    if kind == "string_too_long":
        return _("太长了。"), _("不超过 %(n)s 个字符。") % {"n": limits.get("max_length")}
    return _("读不懂这个值。"), _("请按 /api/docs 的格式填写。")


@dataclass(frozen=True)
class Door:
    """One operation: who may enter, and a sample request. `parameters` maps a name in the path to the kind of object
    whose number (or code) it takes."""

    id: str
    method: str
    path: str
    verbs: tuple[str, ...]
    parameters: tuple[str, ...]
    body: dict[str, Any] = field(default_factory=dict)

    def url(self, known: Mapping[str, Any]) -> str:
        """The address with real objects: {"enterprise": 7, "batch": 3, "finding": …, "warning": …, "version": …}."""
        values = SAMPLES | dict(known)
        return "/api" + self.path.format(**{name: values[name] for name in self.parameters})


SAMPLES = {"assessment": 1, "enterprise": 1, "batch": 1, "finding": 1, "injury": 1, "warning": 1, "version": 1, "measure": "injury_events", "source": "injury_recognition"}
BODIES: dict[str, dict[str, Any]] = {
    "collect.confirm": {"reason": "试"}, "collect.withdraw": {"reason": "试"}, "collect.rows": {"rows": [{"受理编号": "试1"}]},
}  # fmt: skip


def operations() -> list[Door]:
    """Every operation, for the test of all doors."""
    found = []
    for bound in api._get_bound_routers():
        for at, view in bound.path_operations.items():
            for one in view.operations:
                names = tuple(part.split("}")[0] for part in at.split("{")[1:])
                for method in one.methods:
                    id = one.operation_id or ""
                    verbs = getattr(one.view_func, "verbs", ())
                    found.append(Door(id, method, at, verbs, names, BODIES.get(id, {})))
    return sorted(found, key=lambda door: (door.path, door.method))


def urls() -> tuple[list[URLPattern], str, str]:
    """ninja's addresses, each saying whom it lets in (all verbs of its operations), with our form of 405 and 404."""
    patterns = [_guarded(pattern) for pattern in api.urls[0] if pattern.name != "api-root"]
    root = path("", signed_in(_root), name="api-root")
    return [root, *patterns], "api", "api"


def _root(request: HttpRequest) -> HttpResponse:
    """Where to begin."""
    return api.create_response(request, {"docs": reverse("api:openapi-view"), "openapi": reverse("api:openapi-json")}, status=200)


def _guarded(pattern: URLPattern) -> URLPattern:
    if not hasattr(pattern.callback, "verbs"):
        pattern.callback = _with_json_refusal(pattern.callback)
        mine = [door for door in operations() if door.path.strip("/") == _plain(pattern)]
        pattern.callback.verbs = tuple(sorted({verb for door in mine for verb in door.verbs}))  # type: ignore[attr-defined]
    return pattern


def _plain(pattern: URLPattern) -> str:
    return str(pattern.pattern).replace("<", "{").replace(">", "}").strip("/")


def _with_json_refusal(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            problem = Problem("method", "", str(request.method), _("这个地址没有这种动作。"), _("请看 /api/docs。"))
            said = answer(request, 405, problem)
            said["Allow"] = response["Allow"]
            return said
        return response

    guarded.csrf_exempt = True  # type: ignore[attr-defined]  # the session's door checks the token itself
    return guarded
