// What every page has: large type, and the mark at the page one is on.

const LARGE = 'large-type';

function remembered() {
  try {
    return localStorage.getItem(LARGE) === 'yes';
  } catch {
    return false; // a browser that keeps nothing
  }
}

const button = document.getElementById('large-type');

function apply(large) {
  document.documentElement.classList.toggle('large', large);
  button.setAttribute('aria-pressed', String(large));
}

apply(remembered());
button.addEventListener('click', () => {
  const large = button.getAttribute('aria-pressed') !== 'true';
  apply(large);
  try {
    localStorage.setItem(LARGE, large ? 'yes' : 'no');
  } catch {
    // it holds for this page then
  }
});

for (const link of document.querySelectorAll('.tabs a, .sections a')) {
  if (link.getAttribute('href') === location.pathname) {
    link.setAttribute('aria-current', 'page');
  }
}
