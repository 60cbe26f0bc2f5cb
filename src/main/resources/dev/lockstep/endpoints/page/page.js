/* Fills a page of Lockstep's own: the element that says what it is for. */
(function () {
  "use strict";

  document.querySelectorAll("[data-lockstep]").forEach(host => Lockstep[host.getAttribute("data-lockstep")](host));
})();
