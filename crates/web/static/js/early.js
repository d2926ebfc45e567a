// Runs before the first paint, so neither theme nor sidebar jumps: what the server wrote on <html> wins,
// what this browser remembers fills the gaps (a signed-out page knows no profile).
(() => {
  const root = document.documentElement;
  for (const name of ["theme", "side"]) {
    try {
      root.dataset[name] ??= localStorage.getItem(`naru:${name}`) ?? "";
    } catch {
      // storage may be forbidden; the page is fine without it
    }
    if (!root.dataset[name]) delete root.dataset[name];
  }
})();
