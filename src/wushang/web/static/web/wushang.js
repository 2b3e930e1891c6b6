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

  // A form with data-autosave="address" is kept while it is filled in: words at its address; photos, as soon as they are
  // chosen, at the page's own, which shows them anew. What is not kept yet is kept before the page is left: without a net the
  // browser's error page would take the words away.
  function watchAutosave(form) {
    var timer = null, changes = 0, unkept = false, place = document.querySelector("[data-saved]"), words = form.dataset;
    function tell(text) { if (place) place.textContent = text; }
    function send(address, body) {
      clearTimeout(timer);
      return fetch(address, { method: "POST", body: body, headers: { "X-CSRFToken": csrf(form) } });
    }
    // What was typed after `upto` changes went out is not kept yet: its own save is on its way.
    function kept(upto) { unkept = changes !== upto; if (!unkept) tell((words.savedWord || "已自动保存") + " " + clock()); }
    function offline(again) { tell(words.offlineWord || "没有网，内容还在本页，有网后自动保存"); timer = setTimeout(again, 10000); }
    function save() {
      var body = new FormData(form), upto = changes;
      all("input[type=file]", form).forEach(function (input) { body.delete(input.name); });
      return send(form.getAttribute("data-autosave"), body).then(function (answer) {
        kept(upto);
        if (!answer.ok) { unkept = false; tell(words.unsavedWord || "没有存上，请先不要离开本页"); }
        return true;
      }).catch(function () { offline(save); return false; });
    }
    function sendPhotos() {
      var body = new FormData(form), upto = changes;
      body.append("stay", "yes");
      tell(words.sendingWord || "正在上传照片…");
      send(location.href, body).then(function (answer) { return answer.ok ? answer.text() : Promise.reject(answer); })
        .then(function (text) { showKept(form, text); kept(upto); })
        .catch(function (fault) { if (fault && fault.status) tell(words.unsavedWord || "没有存上，请先不要离开本页"); else offline(sendPhotos); });
    }
    form.addEventListener("input", function (event) {
      unkept = true;
      changes += 1;
      tell(words.keepingWord || "正在保存…");
      clearTimeout(timer);
      if (event.target.type !== "file") timer = setTimeout(save, 1200);
    });
    form.addEventListener("change", function (event) { if (event.target.type === "file" && event.target.files.length) sendPhotos(); });
    form.addEventListener("submit", function (event) {
      var at = document.activeElement, by = event.submitter || (at && at.form === form && at.type === "submit" ? at : undefined);
      if (!unkept || !form.requestSubmit) return;
      event.preventDefault();
      save().then(function (reached) { if (reached) form.requestSubmit(by); });
    });
  }
  // The answer to photos is the page itself: its photos and its sentence come into this one, the words stay as they are.
  function showKept(form, text) {
    var page = new DOMParser().parseFromString(text, "text/html"), said = page.querySelector(".messages");
    all(".photos", form).forEach(function (old, n) {
      var fresh = page.querySelectorAll("#answers .photos")[n];
      if (fresh) old.parentNode.replaceChild(document.importNode(fresh, true), old);
    });
    all(".messages").forEach(function (old) { old.parentNode.removeChild(old); });
    if (said) form.parentNode.insertBefore(document.importNode(said, true), form);
  }

  // What was typed stands there again when the act was refused: kept for the next page of this tab alone, never a password.
  var TYPED = "typed";
  function fieldsOf(form) {
    return all("input, select, textarea", form).filter(function (field) {
      return field.name && ["hidden", "file", "password", "submit"].indexOf(field.type) < 0;
    });
  }
  function ticked(field) { return field.type === "radio" || field.type === "checkbox"; }
  function keepTyped(form) {
    if (form.method !== "post" || form.querySelector("input[type=password]")) return;
    var values = fieldsOf(form).map(function (field) { return ticked(field) ? field.checked : field.value; });
    sessionStorage.setItem(TYPED, JSON.stringify({ page: location.pathname, action: form.action, values: values }));
  }
  function refill(form, values) {
    var fields = fieldsOf(form), panel = form.closest("details");
    if (fields.length !== values.length) return;
    fields.forEach(function (field, n) { if (ticked(field)) field.checked = values[n]; else field.value = values[n]; });
    if (panel) panel.open = true;
  }
  function bringBack() {
    var kept = JSON.parse(sessionStorage.getItem(TYPED) || "null");
    sessionStorage.removeItem(TYPED);
    if (!kept || kept.page !== location.pathname || !document.querySelector(".messages .notice.late")) return;
    all("form").filter(function (form) { return form.method === "post" && form.action === kept.action; }).forEach(function (form) {
      refill(form, kept.values);
    });
  }

  // Of several ways (data-way) only the fields of the chosen one are seen.
  function showWay(form) {
    var chosen = form.querySelector("input[type=radio][name=source]:checked");
    all("[data-way]", form).forEach(function (part) { part.hidden = Boolean(chosen) && part.dataset.way !== chosen.value; });
  }

  // The second press of a sent form does nothing.
  document.addEventListener("submit", function (event) {
    var form = event.target, button = form.querySelector("button:not([type=button])");
    if (form.hasAttribute("data-sent")) { event.preventDefault(); return; }
    if (form.method === "get" || form.hasAttribute("hx-post") || event.defaultPrevented) return;
    form.setAttribute("data-sent", "");
    keepTyped(form);
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
    all("[data-way]", root).forEach(function (part) { showWay(part.closest("form")); });
    all("[data-needs-script]", root).forEach(function (part) { part.hidden = false; });
  }
  document.addEventListener("change", function (event) {
    if (event.target.name === "source" && event.target.form) showWay(event.target.form);
    if (event.target.type === "file") { showFiles(event.target); showPhotos(event.target); }
    if (event.target.hasAttribute("data-send-on-change")) event.target.form.submit();
  });
  document.addEventListener("htmx:load", function (event) { if (event.target !== document.body) start(event.target); });
  start(document);
  bringBack();
})();
