from django.urls import path

from wushang.analyse.views import cube, kept, library, publications, quality

app_name = "analyse"
urlpatterns = [
    path("cube/", cube.page, name="cube"),
    path("cube/injuries/", cube.injuries, name="cube_injuries"),
    path("views/", kept.page, name="views"),
    path("views/keep/", kept.keep, name="view_keep"),
    path("views/<int:pk>/", kept.open_, name="view"),
    path("views/<int:pk>/every/", kept.subscribe, name="view_subscribe"),
    path("views/<int:pk>/drop/", kept.drop, name="view_drop"),
    path("views/sent/<int:pk>/", kept.read, name="view_read"),
    path("publications/", publications.page, name="publications"),
    path("publications/new/", publications.new, name="publish"),
    path("publications/<int:pk>/", publications.one, name="publication"),
    path("publications/<int:pk>.xlsx", publications.sheet, name="publication_sheet"),
    path("library/", library.page, name="library"),
    path("library/<slug:board>/", library.board, name="library_board"),
    path("library/<slug:board>/<slug:table>.<slug:form>", library.take, name="library_take"),
    path("quality/", quality.quality, name="quality"),
    path("quality.xlsx", quality.sheet, name="quality_sheet"),
    path("quality/<str:sender>/<slug:source>/", quality.lowered, name="quality_lowered"),
    path("cube/change/", cube.change, name="cube_change"),
    path("cube.xlsx", cube.sheet, name="cube_sheet"),
]
