"""会商一页: one function makes the content; the page, the wall, the print, the brief and the lists draw it."""
