/* Pictures by ECharts on canvas. A <figure data-chart="kind" data-source="id"> is filled from
   <script type="application/json" id="id">; colours come from tokens.css, labels stand on the thing itself, no legend.

   line       {unit, name, months: ["2026-03"…], 1—2月 as "2026J02", quarters ["2026Q1"…] or weeks by their Monday ["2026-03-02"…], values: [n|null…], low: […], high: […], last: […], urls: […],
               unripe: {from, to}, joined: [{from, to, label}], label_all: bool, estimate: [n|null…] dotted, reach: [[low, high]|null…]}
   bars       {unit, rows: [{name, value, last, url, rest}]}
   multiples  {unit, months, unripe: {from, to}, panels: [{name, values, last, estimate}]}     one scale for all
   tiles      {unit, tiles: [{name, row, col, value, url}]}      a map without borders: deeper blue, larger value
   lanes      {from, to, unripe_from, line: {name, unit, points: [[date, n]…]},
               lanes: [{name, shape: dot|square|stroke|level, events: [{date, label, level, url}]}]} */
(function () {
  "use strict";
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",sans-serif';
  var wide = document.documentElement.getAttribute("data-shell") === "wall";

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim(); }
  function thousands(n) { return n === null || n === undefined ? "—" : String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ","); }
  function size(px) {
    if (!wide) return px;
    return Math.round(px * parseFloat(getComputedStyle(document.documentElement).getPropertyValue("--wall-scale") || "1.5"));
  }
  function text(px, color, bold) {
    return { fontFamily: FONT, fontSize: size(px), color: color || token("ink"), fontWeight: bold ? 600 : 400 };
  }
  // 2026-03 a month, 2026J02 January and February together, 2026Q1 a quarter, 2026-03-02 a week.
  function monthName(code) { return code[4] === "Q" ? code[5] + "季度" : code[4] === "J" ? "1—2月" : parseInt(code.slice(5), 10) + "月"; }
  function fullMonth(code) {
    var month = code.slice(0, 4) + "年" + monthName(code);
    return code.length > 7 ? month + parseInt(code.slice(8), 10) + "日起一周" : month;
  }
  // Of weeks the first of a month bears its name.
  function named(months, i) {
    var month = months[i].slice(5, 7), begins = months[i].length <= 7 || i > 0 && months[i - 1].slice(5, 7) !== month;
    return begins && (months.length <= 13 || ["01", "J02", "03", "06", "09", "1"].indexOf(months[i][4] === "J" ? "J02" : month) >= 0);
  }
  function hatch() {
    var tile = document.createElement("canvas"), pen = tile.getContext("2d"), side = size(6);
    tile.width = tile.height = side;
    pen.strokeStyle = token("data-hatch");
    pen.lineWidth = 1;
    pen.beginPath();
    [-side, 0, side].forEach(function (x) { pen.moveTo(x, side); pen.lineTo(x + side, 0); });
    pen.stroke();
    return { image: tile, repeat: "repeat" };
  }
  function known(n) { return n !== null && n !== undefined; }
  function dotted(values) {
    return { type: "line", name: "估计", data: values, symbol: "circle", symbolSize: size(4), silent: true, z: 4, itemStyle: { color: token("ground"), borderColor: token("data-1") }, lineStyle: { color: token("data-1"), width: size(1.5), type: "dotted" } };
  }
  function tip(lines) {
    var box = document.createElement("div");
    box.className = "chart-tip";
    lines.forEach(function (pair) {
      var line = document.createElement("div"), value = document.createElement("b");
      line.textContent = pair[0] + " ";
      value.textContent = pair[1];
      line.appendChild(value);
      box.appendChild(line);
    });
    return box;
  }
  function base(option) {
    option.animation = false;
    // Pointing at a part tells more, it does not recolour: a paler band would look like another range.
    option.series.forEach(function (one) { one.emphasis = { disabled: true }; });
    option.textStyle = { fontFamily: FONT, color: token("ink") };
    option.tooltip = Object.assign({
      confine: true, backgroundColor: token("ground"), borderColor: token("rule-2"), borderWidth: 1, padding: [6, 10],
      extraCssText: "box-shadow:none;border-radius:4px"
    }, option.tooltip);
    return option;
  }
  // The top of an axis of three steps, each a round number.
  function niceTop(values) {
    var most = Math.max.apply(null, values.filter(function (v) { return typeof v === "number"; }).concat([1])) / 3;
    var unit = Math.pow(10, Math.floor(Math.log(most) / Math.LN10));
    var steps = [1, 2, 3, 4, 5, 6, 8, 10];
    if (most <= 1) return 3;
    for (var i = 0; i < steps.length; i++) if (most <= steps[i] * unit) return 3 * steps[i] * unit;
    return 30 * unit;
  }

  // Two rows under the axis: months, and years with a rule above.
  function years(months) {
    var runs = [];
    months.forEach(function (month, i) {
      var year = month.slice(0, 4), run = runs[runs.length - 1];
      if (run && run.year === year) run.to = i; else runs.push({ year: year, from: i, to: i });
    });
    return runs;
  }
  function yearRow(months) {
    return {
      type: "custom", silent: true, data: years(months).map(function (run) { return [run.from, run.to, run.year]; }), clip: false, z: 1,
      encode: { x: 0, y: -1 }, tooltip: { show: false },
      renderItem: function (params, api) {
        var area = params.coordSys, band = area.width / months.length;
        var left = area.x + band * api.value(0) + 4, right = area.x + band * (api.value(1) + 1) - 4, y = area.y + area.height;
        return { type: "group", children: [
          { type: "line", shape: { x1: left, y1: y + size(22), x2: right, y2: y + size(22) }, style: { stroke: token("rule-2"), lineWidth: 1 } },
          { type: "text", style: { text: api.value(2) + "年", x: (left + right) / 2, y: y + size(26), align: "center", font: size(12) + "px " + FONT, fill: token("ink-2") } }
        ] };
      }
    };
  }
  function monthAxis(months) {
    return {
      type: "category", data: months, boundaryGap: true, axisTick: { show: false }, axisLine: { lineStyle: { color: token("rule-2") } },
      axisLabel: Object.assign(text(12, token("ink-2")), {
        margin: size(6), hideOverlap: true, showMinLabel: months[0].length <= 7,
        interval: function (i) { return named(months, i); },
        formatter: monthName
      })
    };
  }
  // What is counted stands over the axis, once.
  function valueAxis(top, unit, narrow) {
    return {
      type: "value", min: 0, max: top, interval: top / 3, name: narrow ? "" : unit, nameGap: size(8),
      nameTextStyle: Object.assign(text(12, token("ink-2")), { align: "right", padding: [0, size(8), 0, 0] }), splitLine: { lineStyle: { color: token("data-grid") } },
      axisLabel: Object.assign(text(12, token("ink-2")), { formatter: thousands })
    };
  }
  function lastKnown(values) {
    for (var i = values.length - 1; i >= 0; i--) if (known(values[i])) return i;
    return -1;
  }

  function line(data, width) {
    var months = data.months, n = months.length, band = token("data-1"), narrow = width < size(420);
    var low = data.low || [], high = data.high || [], areas = [], top;
    var estimate = data.estimate || [], reach = data.reach || [];
    top = niceTop(data.values.concat(high, data.last || [], estimate));
    (data.joined || []).forEach(function (pair) {
      areas.push([
        { xAxis: pair.from, name: pair.label, itemStyle: { color: token("data-joined") }, label: Object.assign(text(12, token("ink"), true), { position: "top", distance: size(4) }) },
        { xAxis: pair.to }
      ]);
    });
    if (data.unripe) areas.push([{ xAxis: data.unripe.from, itemStyle: { color: hatch() } }, { xAxis: data.unripe.to }]);
    // In a category axis a mark area runs from the middle of one month to the middle of another: drawn by hand instead.
    var shade = {
      type: "custom", silent: true, z: 0, clip: false, tooltip: { show: false }, encode: { x: 0, y: -1 },
      data: areas.map(function (area) { return [months.indexOf(area[0].xAxis), months.indexOf(area[1].xAxis)]; }),
      renderItem: function (params, api) {
        var area = params.coordSys, step = area.width / n, mark = areas[params.dataIndex][0];
        var left = area.x + step * api.value(0), right = area.x + step * (api.value(1) + 1);
        var parts = [{ type: "rect", shape: { x: left, y: area.y, width: right - left, height: area.height }, style: { fill: mark.itemStyle.color } }];
        if (mark.name) {
          var side = right > area.x + area.width - size(60) ? "right" : left < area.x + size(40) ? "left" : "center";
          parts.push({ type: "text", style: { text: narrow ? mark.name.replace("合计", "") : mark.name, x: { right: right, left: left, center: (left + right) / 2 }[side], y: area.y - size(18), align: side, font: "600 " + size(12) + "px " + FONT, fill: token("ink") } });
        }
        return { type: "group", children: parts };
      }
    };
    var marked = {};
    (data.joined || []).forEach(function (pair) {
      for (var i = months.indexOf(pair.from); i <= months.indexOf(pair.to); i++) marked[i] = true;
    });
    // The newest value that is all reported bears its number, and on a wide picture the months that stand together bear theirs.
    var newest = n > 4 ? lastKnown(data.unripe ? data.values.slice(0, months.indexOf(data.unripe.from)) : data.values) : -1;
    var values = data.values.map(function (v, i) {
      var shown = data.label_all || marked[i] && !narrow || i === newest;
      var dip = i > 0 && data.values[i - 1] !== null && v !== null && v < data.values[i - 1];
      return { value: v, symbolSize: shown ? size(6) : 0, label: Object.assign(text(12, token("ink"), i === newest), { show: !!shown && v !== null, position: dip ? "bottom" : "top", formatter: function (p) { return thousands(p.value); } }) };
    });
    var series = [shade, yearRow(months)];
    if (low.length) {
      series.push({ type: "line", stack: "expected", data: low, symbol: "none", lineStyle: { width: 0 }, silent: true, z: 1 });
      series.push({
        type: "line", stack: "expected", symbol: "none", lineStyle: { width: 0 }, silent: true, z: 1, areaStyle: { color: token("data-band"), opacity: 1 },
        data: high.map(function (v, i) { return v === null || low[i] === null ? null : v - low[i]; })
      });
    }
    if (data.last) series.push({ type: "line", data: data.last, symbol: "none", silent: true, z: 2, lineStyle: { color: token("data-last"), width: 1, type: "dashed" } });
    series.push({
      type: "line", name: data.name, data: values, symbol: "circle", showAllSymbol: true, z: 3, cursor: data.urls ? "pointer" : "default",
      itemStyle: { color: band }, lineStyle: { color: band, width: size(2) }
    });
    if (estimate.some(known)) series.push(dotted(estimate));
    return base({
      grid: { left: size(44), right: size(12), top: size(28), bottom: size(46) },
      xAxis: monthAxis(months), yAxis: valueAxis(top, data.unit, narrow), series: series,
      tooltip: {
        trigger: "axis", axisPointer: { type: "line", lineStyle: { color: token("rule-2") } },
        formatter: function (points) {
          var i = points[0].dataIndex, lines = [[fullMonth(months[i]), known(data.values[i]) ? thousands(data.values[i]) + " " + data.unit : data.unripe && i >= months.indexOf(data.unripe.from) ? "申报期未满" : "未报"]];
          if (data.last && data.last[i] !== null) lines.push(["上年同期", thousands(data.last[i])]);
          if (reach[i]) lines.push(["估计", thousands(estimate[i]) + "（" + thousands(reach[i][0]) + "～" + thousands(reach[i][1]) + "）"]);
          if (low[i] !== undefined && low[i] !== null) lines.push(["预期范围", thousands(low[i]) + "～" + thousands(high[i])]);
          return tip(lines);
        }
      }
    });
  }

  function bars(data) {
    var rows = data.rows.slice().reverse();
    var most = Math.max.apply(null, rows.map(function (r) { return Math.max(r.value || 0, r.last || 0); }).concat([1]));
    return base({
      grid: { left: 0, right: size(52), top: 2, bottom: 2, containLabel: true },
      xAxis: { type: "value", max: most, show: false, axisLabel: { show: false } },
      yAxis: {
        type: "category", data: rows.map(function (r) { return r.name; }), axisLine: { show: false }, axisTick: { show: false },
        axisLabel: Object.assign(text(12), { interval: 0, width: size(112), overflow: "truncate", margin: size(8) })
      },
      tooltip: {
        trigger: "axis", axisPointer: { type: "none" },
        formatter: function (points) {
          var r = rows[points[0].dataIndex], lines = [[r.name, thousands(r.value) + " " + data.unit]];
          if (r.last !== undefined && r.last !== null) lines.push(["上年同期", thousands(r.last)]);
          return tip(lines);
        }
      },
      series: [
        { type: "bar", barWidth: "56%", data: rows.map(function (r) { return { value: r.value, itemStyle: { color: token(r.rest ? "data-3" : "data-2") } }; }) },
        {
          type: "custom", silent: true, z: 3, data: rows.map(function (r, i) { return [r.last || 0, i, r.value]; }), encode: { x: 0, y: 1 },
          renderItem: function (params, api) {
            var row = rows[api.value(1)], at = api.coord([api.value(0), api.value(1)]), end = api.coord([api.value(2), api.value(1)])[0], half = api.size([0, 1])[1] * 0.4;
            var parts = [];
            var known = row.last !== undefined && row.last !== null;
            if (known) parts.push({ type: "line", shape: { x1: at[0], x2: at[0], y1: at[1] - half, y2: at[1] + half }, style: { stroke: token("data-last"), lineWidth: size(1.5), lineDash: [3, 2] } });
            parts.push({ type: "text", style: { text: thousands(row.value), x: Math.max(end, known ? at[0] : 0) + size(6), y: at[1], verticalAlign: "middle", font: "600 " + size(12) + "px " + FONT, fill: token("ink") } });
            return { type: "group", children: parts };
          }
        }
      ]
    });
  }

  // Hatched: from half a month before the first unripe one to the edge.
  function young(span, months, panel) {
    var from = Math.max(0, months.indexOf(span.from) - 0.5), step = function (area) { return area.width / Math.max(1, months.length - 1); };
    return {
      type: "custom", silent: true, z: 0, xAxisIndex: panel, yAxisIndex: panel, encode: { x: 0, y: -1 }, tooltip: { show: false }, data: [[span.from]],
      renderItem: function (params) {
        var area = params.coordSys, left = area.x + step(area) * from;
        return { type: "rect", shape: { x: left, y: area.y, width: area.x + area.width - left, height: area.height }, style: { fill: hatch() } };
      }
    };
  }

  function multiples(data, width) {
    var across = width < 520 ? 2 : 3, down = Math.ceil(data.panels.length / across), all = [];
    data.panels.forEach(function (p) { all = all.concat(p.values, p.last || [], p.estimate || []); });
    var top = niceTop(all), grids = [], xs = [], ys = [], series = [], titles = [];
    var room = Math.max(3, (8 + 8 * thousands(top).length) / width * 100); // of the last value beside its line
    data.panels.forEach(function (panel, i) {
      var col = i % across, row = Math.floor(i / across), w = 100 / across, h = 100 / down;
      grids.push({ left: col * w + 3 + "%", width: w - 3 - room + "%", top: row * h + h * 0.16 + "%", height: h * 0.56 + "%" });
      titles.push({ text: panel.name, left: col * w + 3 + "%", top: row * h + "%", padding: 0, textStyle: text(12, token("ink"), true) });
      xs.push({
        type: "category", gridIndex: i, data: data.months, boundaryGap: false, axisTick: { show: false }, axisLine: { lineStyle: { color: token("rule-2") } },
        axisLabel: Object.assign(text(12, token("ink-2")), {
          interval: function (k) { return k === 0 || k === data.months.length - 1; }, formatter: monthName,
          alignMinLabel: "left", alignMaxLabel: "right", showMinLabel: true, showMaxLabel: true
        })
      });
      ys.push({ type: "value", gridIndex: i, min: 0, max: top, show: false });
      if (data.unripe) series.push(young(data.unripe, data.months, i));
      if ((panel.estimate || []).some(known)) series.push(Object.assign(dotted(panel.estimate), { xAxisIndex: i, yAxisIndex: i, name: panel.name + " 估计", symbol: "none" }));
      if (panel.last) series.push({ type: "line", xAxisIndex: i, yAxisIndex: i, data: panel.last, symbol: "none", silent: true, lineStyle: { color: token("data-last"), width: 1, type: "dashed" } });
      series.push({
        type: "line", xAxisIndex: i, yAxisIndex: i, name: panel.name, symbol: "none", lineStyle: { color: token("data-1"), width: 2 }, itemStyle: { color: token("data-1") },
        data: panel.values, endLabel: Object.assign(text(12, token("ink"), true), { show: true, distance: 4, formatter: function (p) { return thousands(p.value); } })
      });
    });
    return base({
      title: titles, grid: grids, xAxis: xs, yAxis: ys, series: series,
      tooltip: { trigger: "axis", formatter: function (points) { return tip(points.map(function (p) { return [p.seriesName + " " + fullMonth(p.name), thousands(p.value) + " " + data.unit]; })); } }
    });
  }

  function tiles(data) {
    var cols = 1 + Math.max.apply(null, data.tiles.map(function (t) { return t.col; }));
    var rows = 1 + Math.max.apply(null, data.tiles.map(function (t) { return t.row; }));
    var known = data.tiles.map(function (t) { return t.value; }).filter(function (v) { return v !== null; }).sort(function (a, b) { return a - b; });
    var shades = ["data-4", "data-3", "data-mid", "data-1"];
    function shade(value) {
      if (value === null) return token("page");
      var place = known.filter(function (v) { return v <= value; }).length / known.length;
      return token(shades[Math.min(3, Math.ceil(place * 4) - 1)]);
    }
    function ink(value) {
      var dark = document.documentElement.getAttribute("data-theme") === "dark";
      if (value === null) return token("ink");
      var place = Math.ceil(known.filter(function (v) { return v <= value; }).length / known.length * 4);
      if (dark) return place >= 3 ? token("on-action") : token("ink");
      return place >= 4 ? token("on-action") : token("ink");
    }
    return base({
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      xAxis: { type: "value", min: 0, max: cols, show: false }, yAxis: { type: "value", min: 0, max: rows, inverse: true, show: false },
      tooltip: { trigger: "item", formatter: function (p) { var t = data.tiles[p.dataIndex]; return tip([[t.name, thousands(t.value) + " " + data.unit]]); } },
      series: [{
        type: "custom", data: data.tiles.map(function (t) { return [t.col, t.row]; }), cursor: "pointer",
        renderItem: function (params, api) {
          var tile = data.tiles[params.dataIndex], from = api.coord([tile.col, tile.row]), to = api.coord([tile.col + 1, tile.row + 1]);
          var w = to[0] - from[0] - 3, h = to[1] - from[1] - 3, middle = from[0] + w / 2;
          return { type: "group", children: [
            { type: "rect", shape: { x: from[0], y: from[1], width: w, height: h, r: 2 }, style: { fill: shade(tile.value), stroke: tile.value === null ? token("rule-2") : null } },
            { type: "text", silent: true, style: { text: tile.name, x: middle, y: from[1] + h / 2 - size(9), align: "center", verticalAlign: "middle", width: w - 6, overflow: "truncate", font: size(12) + "px " + FONT, fill: ink(tile.value) } },
            { type: "text", silent: true, style: { text: thousands(tile.value), x: middle, y: from[1] + h / 2 + size(9), align: "center", verticalAlign: "middle", font: "600 " + size(14) + "px " + FONT, fill: ink(tile.value) } }
          ] };
        }
      }]
    });
  }

  function lanes(data, width, height) {
    var head = data.line ? 1 : 0, count = data.lanes.length + head, left = 68, right = 44, bottom = 26, step = (height - bottom) / (count + 0.2);
    var axis = {
      type: "time", min: data.from, max: data.to, splitLine: { show: false }, axisTick: { show: false }, axisLine: { lineStyle: { color: token("rule-2") } },
      axisLabel: Object.assign(text(12, token("ink-2")), {
        hideOverlap: true, showMinLabel: true, showMaxLabel: false, alignMinLabel: "left",
        formatter: function (t) { var d = new Date(t); return d.getMonth() ? d.getMonth() + 1 + "月" : d.getFullYear() + "年"; }
      })
    };
    var grids = [], xs = [], ys = [], series = [], titles = [];
    function lane(i, name) {
      grids.push({ left: left, right: right, top: step * i, height: step });
      xs.push(Object.assign({}, axis, { gridIndex: i, show: i === count - 1 }));
      ys.push({ type: "value", gridIndex: i, min: 0, max: 1, show: false });
      titles.push({ text: name, left: 0, top: step * i + step / 2 + (i < head ? -2 : 2), padding: 0, textStyle: text(12), textVerticalAlign: "middle" });
    }
    if (head) {
      lane(0, data.line.name);
      var points = data.line.points, sizes = points.map(function (p) { return p[1]; });
      ys[0].max = Math.max.apply(null, sizes) * 1.3;
      series.push({
        type: "line", xAxisIndex: 0, yAxisIndex: 0, data: points, showSymbol: true, symbol: "none", lineStyle: { color: token("data-2"), width: 1.5 }, itemStyle: { color: token("data-2") },
        endLabel: Object.assign(text(12, token("ink"), true), { show: true, distance: 4, formatter: function (p) { return thousands(p.value[1]) + " " + data.line.unit; } })
      });
    }
    var span = Date.parse(data.to) - Date.parse(data.from), long = width - left - right;
    data.lanes.forEach(function (row, k) {
      var i = k + head, before = -99, raised = false;
      lane(i, row.name);
      series.push({
        type: "scatter", xAxisIndex: i, yAxisIndex: i, symbol: { dot: "circle", square: "rect", stroke: "rect" }[row.shape] || "circle",
        symbolSize: row.shape === "stroke" ? [2, 9] : 8, z: 3,
        markLine: { silent: true, z: 1, symbol: "none", animation: false, label: { show: false }, lineStyle: { color: token("data-grid"), type: "solid" }, data: [{ yAxis: 0.4 }] },
        data: row.events.map(function (e) {
          var symbol = { yellow: "circle", orange: "diamond", red: "rect" }[e.level], fill = e.level ? token(e.level) : token("data-1");
          var place = (Date.parse(e.date) - Date.parse(data.from)) / span * long;
          raised = Boolean(e.level) && Math.abs(place - before) < 14 && !raised;  /* two warnings side by side: one stands higher */
          before = place;
          var point = { value: [e.date, raised ? 0.78 : 0.4], url: e.url, says: e.label || row.name, itemStyle: { opacity: 1, color: row.shape === "square" ? token("ground") : row.shape === "stroke" ? token("ink") : fill, borderColor: row.shape === "square" ? token("ink") : e.level ? token(e.level + "-edge") : fill, borderWidth: row.shape === "stroke" ? 0 : 1.5 } };
          if (symbol) { point.symbol = symbol; point.symbolSize = 12; }
          if (e.label) point.label = Object.assign(text(12, token("ink"), !!e.level), { show: true, position: raised ? "right" : "top", formatter: e.label, distance: 3, padding: [1, 3] });
          return point;
        }),
        labelLayout: { hideOverlap: true }
      });
    });
    if (data.unripe_from) {
      series.push({
        type: "custom", silent: true, z: 0, clip: false, data: [[data.unripe_from]], xAxisIndex: count - 1, yAxisIndex: count - 1, encode: { x: 0, y: -1 }, tooltip: { show: false },
        renderItem: function (params, api) {
          var from = api.coord([data.unripe_from, 0])[0], area = params.coordSys;
          return { type: "rect", shape: { x: from, y: 4, width: area.x + area.width - from, height: area.y + area.height - 4 }, style: { fill: hatch() } };
        }
      });
    }
    return base({
      title: titles, grid: grids, xAxis: xs, yAxis: ys, series: series,
      tooltip: { trigger: "item", formatter: function (p) { return p.data && p.data.says ? tip([[p.data.value[0], p.data.says]]) : tip([[p.value[0], thousands(p.value[1]) + (data.line ? " " + data.line.unit : "")]]); } }
    });
  }

  var KINDS = { line: line, bars: bars, multiples: multiples, tiles: tiles, lanes: lanes };

  function open(kind, data, event) {
    var url = null;
    if (kind === "bars") url = (data.rows.slice().reverse()[event.dataIndex] || {}).url;
    if (kind === "tiles") url = (data.tiles[event.dataIndex] || {}).url;
    if (kind === "line" && data.urls) url = data.urls[event.dataIndex];
    if (kind === "lanes") url = event.data && event.data.url;
    if (url) window.location.href = url;
  }
  function draw(figure) {
    var kind = figure.getAttribute("data-chart"), place = figure.querySelector(".canvas");
    var data = JSON.parse(document.getElementById(figure.getAttribute("data-source")).textContent);
    if (kind === "bars" && !wide) place.style.height = data.rows.length * 24 + 4 + "px";
    var chart = echarts.init(place, null, { renderer: "canvas", devicePixelRatio: Math.max(2, window.devicePixelRatio || 1) });
    function paint() { chart.setOption(KINDS[kind](data, chart.getWidth(), chart.getHeight()), true); }
    paint();
    chart.on("click", function (event) { open(kind, data, event); });
    function fit() {
      if (!document.body.contains(place)) { window.removeEventListener("resize", fit); chart.dispose(); return; }
      chart.resize();
      paint();
    }
    window.addEventListener("resize", fit);
    figure.setAttribute("data-drawn", "");
  }
  function drawAll() { Array.prototype.forEach.call(document.querySelectorAll("figure[data-chart]:not([data-drawn])"), draw); }
  document.addEventListener("charts:new", drawAll);  // a part of the page was put in anew
  drawAll();
})();
