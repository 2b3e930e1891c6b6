/* Small comforts over plain pages: every page works without this file. No framework, no inline code (strict CSP). */
(function () {
  "use strict";

  function all(selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); }
  function cookie(name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([^;]*)"));
    return found ? decodeURIComponent(found[1]) : "";
  }
  function csrf(form) {
    var field = form.querySelector("[name=csrfmiddlewaretoken]");
    return field ? field.value : cookie("csrftoken");
  }
  function clock() { return new Date().toTimeString().slice(0, 5); }

  // Names of the chosen files; dropping a file on the place is choosing it.
  function showFiles(input) {
    var place = input.closest("[data-drop]");
    if (!place) return;
    var names = Array.prototype.map.call(input.files, function (file) { return file.name; });
    place.querySelector("[data-files]").textContent = names.join("，");
    var form = input.form;
    if (names.length && form && form.hasAttribute("data-send-at-once")) form.requestSubmit ? form.requestSubmit() : form.submit();
  }
  function watchDrop(place) {
    var input = place.querySelector("input[type=file]");
    ["dragenter", "dragover"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.add("is-over"); });
    });
    ["dragleave", "drop"].forEach(function (name) {
      place.addEventListener(name, function (event) { event.preventDefault(); place.classList.remove("is-over"); });
    });
    place.addEventListener("drop", function (event) { input.files = event.dataTransfer.files; showFiles(input); });
  }

  // Chosen photos are seen before they are sent.
  function showPhotos(input) {
    var list = input.closest(".photos");
    if (!list) return;
    all("[data-preview]", list).forEach(function (old) { list.removeChild(old); });
    Array.prototype.forEach.call(input.files, function (file) {
      var frame = document.createElement("span"), image = document.createElement("img");
      frame.setAttribute("data-preview", "");
      image.alt = file.name;
      image.src = URL.createObjectURL(file);
      frame.appendChild(image);
      list.insertBefore(frame, input.closest(".file"));
    });
  }

  // A form with data-autosave="address" is kept while it is filled in; files wait for the real sending.
  function watchAutosave(form) {
    var timer = null, place = document.querySelector("[data-saved]"), words = form.dataset;
    function tell(text) { if (place) place.textContent = text; }
    function save() {
      var body = new FormData(form);
      all("input[type=file]", form).forEach(function (input) { body.delete(input.name); });
      fetch(form.getAttribute("data-autosave"), { method: "POST", body: body, headers: { "X-CSRFToken": csrf(form) } })
        .then(function (answer) { tell(answer.ok ? (words.savedWord || "已自动保存") + " " + clock() : words.unsavedWord || "没有存上，请先不要离开本页"); })
        .catch(function () { tell(words.offlineWord || "没有网，内容还在本页，有网后自动保存"); timer = setTimeout(save, 10000); });
    }
    form.addEventListener("input", function () { clearTimeout(timer); timer = setTimeout(save, 1200); });
  }

  // The second press of a sent form does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target, button = form.querySelector("button:not([type=button])");
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    if (form.method === "get" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    form.setAttribute("data-sent", "");
    if (button) button.classList.add("is-busy");
    setTimeout(function () { form.removeAttribute("data-sent"); if (button) button.classList.remove("is-busy"); }, 8000);
  });

  // One reason panel open at a time; Escape or a press elsewhere closes it; its field is ready to write in.
  document.addEventListener("click", function (event) {
    all("details[data-reason][open]").forEach(function (open) { if (!open.contains(event.target)) open.open = false; });
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") all("details[data-reason][open]").forEach(function (open) { open.open = false; });
  });
  document.addEventListener("toggle", function (event) {
    var panel = event.target;
    if (panel.matches && panel.matches("details[data-reason]") && panel.open) panel.querySelector("textarea").focus();
  }, true);

  // 字号: larger type on the phone, kept on this phone.
  function watchSize(button) {
    var root = document.documentElement, word = button.querySelector("[data-size-word]"), big = word.textContent;
    function apply(size) {
      if (size === "large") root.setAttribute("data-size", "large"); else root.removeAttribute("data-size");
      word.textContent = size === "large" ? "标准" : big;
    }
    function kept() { try { return localStorage.getItem("size"); } catch (refused) { return null; } }
    button.hidden = false;
    apply(kept());
    button.addEventListener("click", function () {
      var size = root.getAttribute("data-size") ? "" : "large";
      try { localStorage.setItem("size", size); } catch (refused) { /* a private window keeps nothing */ }
      apply(size);
    });
  }

  // A button that may be pressed again only after some seconds counts them; the server refuses earlier ones all the same.
  function watchWait(button) {
    var word = button.textContent, left = Number(button.dataset.wait);
    function tick() {
      button.disabled = left > 0;
      button.textContent = left > 0 ? word + "（" + left + " " + button.dataset.waitWord + "）" : word;
      if (left-- > 0) setTimeout(tick, 1000);
    }
    tick();
  }

  function start(root) {
    all("button[data-wait]", root).forEach(watchWait);
    all("[data-drop]", root).forEach(watchDrop);
    all("form[data-autosave]", root).forEach(watchAutosave);
    all("[data-size-switch]", root).forEach(watchSize);
    all("[data-needs-script]", root).forEach(function (part) { part.hidden = false; });
  }
  document.addEventListener("change", function (event) {
    if (event.target.type === "file") { showFiles(event.target); showPhotos(event.target); }
    if (event.target.hasAttribute("data-send-on-change")) event.target.form.submit();
  });
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) start(event.target); });
  start(document);
})();
