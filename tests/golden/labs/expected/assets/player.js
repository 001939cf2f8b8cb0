// A time in the transcript takes the recording there; without a script its link opens the file at that time.
"use strict";

const player = document.querySelector(".player video, .player audio");

document.querySelector(".transcript")?.addEventListener("click", (event) => {
  const mark = event.target.closest("a.mark");
  if (!mark || !player) return;
  event.preventDefault();
  player.currentTime = Number(mark.dataset.seconds);
  player.play();
  player.scrollIntoView({ block: "nearest" });
});
