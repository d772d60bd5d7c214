'use strict';
(() => {
  const filter = document.getElementById('filter');
  const count = document.getElementById('count');
  const boxes = [...document.querySelectorAll('.controls input[type=checkbox]')];
  const units = [...document.querySelectorAll('.unit')].map(element => ({
    element,
    head: element.querySelector('summary').textContent.toLowerCase() + ' ' + element.closest('.cluster').querySelector('h3').textContent.toLowerCase(),
    objects: [...element.querySelectorAll(':scope > .object')].map(object => ({ element: object, kind: object.dataset.change, text: null })),
  }));
  const clusters = [...document.querySelectorAll('.cluster')];
  const total = units.reduce((sum, unit) => sum + unit.objects.length, 0);

  function apply() {
    const words = filter.value.toLowerCase().split(/\s+/).filter(word => word);
    const kinds = new Set(boxes.filter(box => box.checked).map(box => box.value));
    const all = kinds.size === boxes.length;
    let shown = 0;
    for (const unit of units) {
      const rest = words.filter(word => !unit.head.includes(word));
      let visible = 0;
      for (const object of unit.objects) {
        let fits = kinds.has(object.kind);
        if (fits && rest.length) {
          object.text ??= object.element.textContent.toLowerCase();
          fits = rest.every(word => object.text.includes(word));
        }
        if (object.element.hidden === fits) object.element.hidden = !fits;
        visible += fits;
      }
      shown += visible;
      unit.element.hidden = !(visible || (all && !rest.length && !unit.objects.length));
      if (visible && rest.length) unit.element.open = true;
    }
    for (const cluster of clusters) {
      cluster.hidden = !cluster.querySelector('.unit:not([hidden])');
      if (words.length && !cluster.hidden) cluster.open = true;
    }
    count.textContent = words.length || !all ? `${shown} of ${total} objects` : `${total} objects`;
  }

  function setAll(open) {
    for (const unit of units) {
      if (unit.element.hidden) continue;
      unit.element.open = open;
      for (const object of unit.objects) if (!object.element.hidden) object.element.open = open;
    }
    if (open) for (const cluster of clusters) cluster.open = true;
  }

  function step(direction) {
    const heads = units.filter(unit => !unit.element.hidden)
      .flatMap(unit => unit.objects.filter(object => !object.element.hidden).map(object => object.element));
    if (!heads.length) return;
    const here = document.activeElement.closest('.object');
    const at = heads.indexOf(here);
    const next = heads[at < 0 ? (direction > 0 ? 0 : heads.length - 1) : Math.min(heads.length - 1, Math.max(0, at + direction))];
    reveal(next);
  }

  function reveal(element) {
    for (let parent = element.parentElement; parent; parent = parent.parentElement) if (parent.tagName === 'DETAILS') parent.open = true;
    const head = element.querySelector('summary');
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: 'center' });
  }

  function follow() {
    const target = /^#u\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.hidden) { filter.value = ''; for (const box of boxes) box.checked = true; apply(); }
    target.open = true;
    reveal(target);
  }

  filter.addEventListener('input', apply);
  for (const box of boxes) box.addEventListener('change', apply);
  document.querySelector('.controls').addEventListener('submit', event => event.preventDefault());
  document.getElementById('expand').addEventListener('click', () => setAll(true));
  document.getElementById('collapse').addEventListener('click', () => setAll(false));
  addEventListener('hashchange', follow);
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target === filter) {
      if (event.key === 'Escape') { filter.value = ''; apply(); }
      return;
    }
    if (event.key === '/') { event.preventDefault(); filter.focus(); filter.select(); }
    else if (event.key === 'n') step(1);
    else if (event.key === 'p') step(-1);
  });
  document.body.classList.remove('no-script');
  apply();
  follow();
})();
