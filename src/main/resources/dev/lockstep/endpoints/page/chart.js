/*
 * A small chart of the last minutes: how many revocations there were per second, as bars, and how long they took to be true on every node, as
 * a line. Drawn as SVG by attributes alone, as the page's policy allows no inline style.
 */
(function () {
  "use strict";

  const NAMESPACE = "http://www.w3.org/2000/svg";
  const NARROWEST = 260;
  const HEIGHT = 170;
  const LEFT = 44;
  const RIGHT = 52;
  const TOP = 14;
  const BOTTOM = 24;

  function shape(name, attributes, text) {
    const made = document.createElementNS(NAMESPACE, name);
    Object.keys(attributes).forEach(key => made.setAttribute(key, attributes[key]));
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  /** The next number of 1, 2 and 5 with zeros: a scale that people can read. */
  function scale(most) {
    const power = Math.pow(10, Math.floor(Math.log10(Math.max(most, 1))));
    return [1, 2, 5, 10].map(each => each * power).find(each => each >= most);
  }

  /**
   * @param points oldest first: { perSecond, millis }, millis null where nothing was revoked
   * @param size how many points there is room for
   */
  function draw(svg, text, points, size) {
    const rates = scale(Math.max.apply(null, points.map(each => each.perSecond).concat(1)));
    const times = scale(Math.max.apply(null, points.map(each => each.millis || 0).concat(10)));
    const width = Math.max(NARROWEST, svg.clientWidth || 0);
    const room = width - LEFT - RIGHT;
    const height = HEIGHT - TOP - BOTTOM;
    const step = room / size;
    const x = index => LEFT + (size - points.length + index) * step;
    const y = part => TOP + height * (1 - part);
    const shapes = [0, .5, 1].map(part => shape("line", {
      class: "lockstep-grid", x1: LEFT, x2: width - RIGHT, y1: y(part), y2: y(part)
    }));
    points.forEach((point, index) => {
      if (point.perSecond > 0) {
        const top = y(Math.min(1, point.perSecond / rates));
        shapes.push(shape("rect", {
          class: "lockstep-bar", x: x(index) + 1, y: top, width: Math.max(1, step - 2), height: y(0) - top, rx: 1.5
        }));
      }
    });
    const line = points.map((point, index) => ({ at: x(index) + step / 2, millis: point.millis })).filter(each => each.millis !== null);
    if (line.length) {
      const place = each => each.at.toFixed(1) + "," + y(Math.min(1, each.millis / times)).toFixed(1);
      shapes.push(shape("polyline", { class: "lockstep-line", points: line.map(place).join(" ") }));
      const last = line[line.length - 1];
      shapes.push(shape("circle", { class: "lockstep-dot", cx: last.at, cy: y(Math.min(1, last.millis / times)), r: 3.5 }));
    }
    [0, .5, 1].forEach(part => {
      shapes.push(shape("text", { class: "lockstep-axis", x: LEFT - 8, y: y(part) + 4, "text-anchor": "end" }, number(text, rates * part)));
      shapes.push(shape("text", { class: "lockstep-axis lockstep-axis-line", x: width - RIGHT + 8, y: y(part) + 4 },
        part === 0 ? "0" : Lockstep.duration(text, times * part)));
    });
    shapes.push(shape("text", { class: "lockstep-axis", x: LEFT, y: HEIGHT - 6 }, text("chartBegin")));
    shapes.push(shape("text", { class: "lockstep-axis", x: width - RIGHT, y: HEIGHT - 6, "text-anchor": "end" }, text("chartEnd")));
    svg.setAttribute("viewBox", "0 0 " + width + " " + HEIGHT);
    Lockstep.replace(svg, shapes);
  }

  function number(text, value) {
    return value.toLocaleString(text.language, { maximumFractionDigits: 1 });
  }

  function chart(text) {
    const svg = shape("svg", { role: "img", "aria-label": text("chartLabel"), class: "lockstep-chart" });
    const figure = Lockstep.element("figure", { class: "lockstep-figure" }, [
      Lockstep.element("figcaption", {}, [
        Lockstep.element("span", { class: "lockstep-key-bar" }, [text("chartBars")]),
        Lockstep.element("span", { class: "lockstep-key-line" }, [text("chartLine")])
      ]),
      svg
    ]);
    return { element: figure, show: (points, size) => draw(svg, text, points, size) };
  }

  Lockstep.chart = chart;
})();
