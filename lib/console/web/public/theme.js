// Before the first paint, so that nothing flashes: the theme that a person has chosen, if any.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Without storage the page follows the system.
}
