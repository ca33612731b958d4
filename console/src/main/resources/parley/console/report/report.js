'use strict';
(function () {
  var root = document.documentElement;
  var requests = Array.prototype.slice.call(document.querySelectorAll('.request'));
  var selects = ['operator', 'host', 'tool', 'verdict', 'outcome'];
  var texts = new Map();

  function byId(id) { return document.getElementById(id); }

  // The language of the surroundings of words that no span can hold: options and placeholders.
  function speak(language) {
    root.lang = language;
    document.querySelectorAll('option[data-en]').forEach(function (option) {
      option.textContent = option.getAttribute('data-' + language);
    });
    var words = byId('words');
    words.placeholder = words.getAttribute('data-' + language);
    filter();
  }

  function text(request) {
    if (!texts.has(request)) { texts.set(request, request.textContent.toLowerCase()); }
    return texts.get(request);
  }

  function has(request, name, wanted) {
    if (wanted === '*') { return true; }
    var many = { host: 'data-hosts', tool: 'data-tools', verdict: 'data-verdicts' }[name];
    return many
      ? (request.getAttribute(many) || '').split('\n').indexOf(wanted) >= 0
      : (request.getAttribute('data-' + name) || '') === wanted;
  }

  function filter() {
    var words = byId('words').value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    requests.forEach(function (request) {
      var fits = selects.every(function (name) { return has(request, name, byId(name).value); })
        && words.every(function (word) { return text(request).indexOf(word) >= 0; });
      request.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    document.querySelectorAll('.day').forEach(function (day) {
      var next = day.nextElementSibling;
      while (next && next.classList.contains('request') && next.hidden) { next = next.nextElementSibling; }
      day.hidden = !next || !next.classList.contains('request');
    });
    byId('nothing').hidden = shown > 0;
    byId('count').textContent = root.lang === 'zh'
      ? shown + ' / ' + requests.length + ' 个请求'
      : shown + ' of ' + requests.length + ' requests';
  }

  // A link to something folded away unfolds it.
  function reveal() {
    var target = byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) { return; }
    for (var outer = target; outer; outer = outer.parentElement) {
      if (outer.tagName === 'DETAILS') { outer.open = true; }
      if (outer.classList.contains('request')) { outer.hidden = false; }
    }
    if (target.tagName === 'DETAILS') { target.open = true; }
    target.scrollIntoView({ block: 'center' });
  }

  // #?lang=zh&verdict=deny&words=nginx opens the page so narrowed: a link to a finding.
  function open() {
    if (location.hash.slice(0, 2) !== '#?') { reveal(); return; }
    var wanted = new URLSearchParams(location.hash.slice(2));
    selects.concat(['words']).forEach(function (name) {
      if (wanted.has(name)) { byId(name).value = wanted.get(name); }
    });
    if (wanted.has('unfold')) { unfold(true); }
    if (wanted.has('lang')) { speak(wanted.get('lang') === 'zh' ? 'zh' : 'en'); } else { filter(); }
  }

  function unfold(all) {
    document.querySelectorAll('#requests details').forEach(function (one) {
      if (!one.classList.contains('trail') && !one.closest('.identify')) { one.open = all; }
    });
  }

  selects.forEach(function (name) { byId(name).addEventListener('change', filter); });
  byId('words').addEventListener('input', filter);
  byId('language').addEventListener('click', function () { speak(root.lang === 'zh' ? 'en' : 'zh'); });
  byId('print').addEventListener('click', function () { window.print(); });
  var unfolded = false;
  byId('unfold').addEventListener('click', function () { unfolded = !unfolded; unfold(unfolded); });
  window.addEventListener('hashchange', open);
  speak(root.lang === 'zh' ? 'zh' : 'en');
  open();
}());
