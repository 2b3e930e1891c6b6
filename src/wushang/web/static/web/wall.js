/* The wall never scrolls: rows that do not fit its height are taken off the end and told in one line with their sum.
   A list is marked data-fit; its rows data-row (with data-count, data-late to add up), its last line data-rest.
   Once a minute the page is asked for again, and the parts (data-part) that say something else are put in anew. Where
   nothing comes, the wall says of which moment its figures are. */
(function () {
  "use strict";

  function all(selector, root) { return Array.prototype.slice.call(root.querySelectorAll(selector)); }
  function over(box) { return box.scrollHeight > box.clientHeight + 1; }
  function sum(rows, name) {
    return rows.reduce(function (total, row) { return total + Number(row.dataset[name] || 0); }, 0);
  }

  function tell(rest, gone) {
    all("[data-n]", rest).forEach(function (place) { place.textContent = gone.length; });
    all("[data-sum]", rest).forEach(function (place) {
      place.textContent = sum(gone, place.dataset.sum).toLocaleString("en-US") || "—";
    });
  }

  function fit(box) {
    var rows = all("[data-row]", box), rest = box.querySelector("[data-rest]"), gone = [];
    rows.forEach(function (row) { row.hidden = false; });
    rest.hidden = true;
    while (over(box) && rows.length > 1) {
      rest.hidden = false;
      gone.unshift(rows.pop());
      gone[0].hidden = true;
    }
    tell(rest, gone);
  }

  function fitAll() { all("[data-fit]", document).forEach(fit); }

  function partsOf(page) {
    var found = {};
    all("[data-part]", page).forEach(function (part) { found[part.dataset.part] = part; });
    return found;
  }
  function saysOf(parts) {
    var said = {};
    Object.keys(parts).forEach(function (name) { said[name] = parts[name].innerHTML; });
    return said;
  }

  var said = saysOf(partsOf(document)), asOf = new Date();  // as the server sent it: what is drawn into it comes later

  function renew(text) {
    var page = new DOMParser().parseFromString(text, "text/html"), fresh = partsOf(page), here = partsOf(document);
    var now = saysOf(fresh), names = Object.keys(now);
    if (!names.length) throw new Error("this is not the wall");
    if (names.sort().join() !== Object.keys(here).sort().join()) { window.location.reload(); return; }
    names.filter(function (name) { return now[name] !== said[name]; }).forEach(function (name) { here[name].innerHTML = now[name]; });
    said = now;
    fitAll();
    document.dispatchEvent(new Event("charts:new"));
  }

  function tellAge(stale) {
    var place = document.querySelector("[data-stale]");
    if (!place) return;
    place.hidden = !stale;
    place.querySelector("[data-at]").textContent = ("0" + asOf.getHours()).slice(-2) + ":" + ("0" + asOf.getMinutes()).slice(-2);
  }

  function ask() {
    fetch(window.location.href, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      return answer.text();
    }).then(function (text) {
      renew(text);
      asOf = new Date();
      tellAge(false);
    }).catch(function () { tellAge(true); });
  }

  window.setInterval(ask, 60000);
  document.addEventListener("wall:ask", ask);
  window.addEventListener("resize", fitAll);
  window.addEventListener("load", fitAll);  // fonts and style are there
  fitAll();
})();
