// 手工录入: a unit chosen from the list fills its field. 上传: how far it is, and 取消.
(function () {
  document.addEventListener("change", function (event) {
    var field = event.target.getAttribute("data-fill") && document.getElementById(event.target.getAttribute("data-fill"));
    if (field) field.value = event.target.getAttribute("data-value");
  });
  var effect = document.getElementById("effect");
  if (effect) effect.scrollIntoView();
})();

(function () {
  var form = document.querySelector("form.upload"), place = form && form.querySelector("[data-sending]");
  if (!place || !window.FormData) return;
  var bar = place.querySelector("progress"), said = place.querySelector("[data-said]"), cancel = place.querySelector("[data-cancel]");
  var words = place.querySelector("[data-words]").dataset, button = form.querySelector("button.primary");

  function tell(text) { place.hidden = false; said.textContent = text; }
  function megabytes(n) { return (n / 1000000).toFixed(1) + " MB"; }
  function rest(text) { tell(text); bar.hidden = cancel.hidden = true; button.disabled = false; }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var sending = new XMLHttpRequest();
    sending.open("POST", form.action);
    sending.setRequestHeader("X-Upload", "1");
    sending.upload.onprogress = function (now) {
      if (!now.lengthComputable) return;
      bar.value = Math.floor(100 * now.loaded / now.total);
      tell(words.sent.replace("%s", megabytes(now.loaded) + " / " + megabytes(now.total)));
    };
    // the bytes are there: from here on the page of the delivery has its own 取消
    sending.upload.onload = function () { bar.removeAttribute("value"); cancel.hidden = true; tell(words.checking); };
    sending.onload = function () {
      var answer = null;
      try { answer = JSON.parse(sending.responseText); } catch (unread) { answer = null; }
      if (answer && answer.to) location.assign(answer.to); else rest(words.refused);
    };
    sending.onerror = function () { rest(words.failed); };
    sending.onabort = function () { rest(words.cancelled); };
    cancel.onclick = function () { sending.abort(); };
    bar.hidden = cancel.hidden = false;
    bar.value = 0;
    button.disabled = true;
    tell(words.sent.replace("%s", "0 MB"));
    sending.send(new FormData(form));
  });
})();
