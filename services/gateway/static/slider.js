// Names the day while a slider moves, and lets go of a moment that was written before.
"use strict";
for (const slider of document.querySelectorAll("input[type=range][data-days]")) {
  const days = slider.dataset.days.split(" ");
  const label = document.querySelector(`output[data-slider="${slider.id}"]`);
  const written = document.getElementById(slider.dataset.writes);
  slider.addEventListener("input", () => {
    const [year, month, day] = days[Number(slider.value)].split("-");
    label.textContent = `${day}/${month}/${year}`;
    written.value = "";
  });
}
