// Choosing the part of a photo: drag it, zoom it, or use the keys. What is sent are three numbers; without a script
// the file goes alone and the server crops it in the same way as this module begins.

const MOST_ZOOM = 5;
const STEP = 0.02;
const WIDE = 3;
const TALL = 4;
const SHARE_ABOVE = 1 / 3;

for (const root of document.querySelectorAll("[data-photo-crop]")) enhance(root);

function enhance(root) {
  const input = root.querySelector("input[type=file][name]");
  const camera = root.querySelector("[data-photo-camera]");
  const part = root.querySelector("[data-photo-part]");
  const frame = root.querySelector("[data-photo-frame]");
  const chosen = root.querySelector("[data-photo-name]");
  const unchosen = chosen?.textContent;
  const slider = root.querySelector("[data-photo-zoom]");
  const names = ["left", "top", "width"];
  const numbers = Object.fromEntries(names.map((name) => [name, root.querySelector(`[data-photo-number=${name}]`)]));
  const pointers = new Map();
  let picture = null;
  let crop = null;
  let zoom = 1;

  camera?.addEventListener("change", () => {
    if (!camera.files.length) return;
    input.files = camera.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  root.addEventListener("dragover", (event) => event.preventDefault());
  root.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  input.addEventListener("change", async () => {
    forget();
    const file = input.files[0];
    if (chosen) chosen.textContent = file ? file.name : unchosen;
    if (!file) return;
    try {
      picture = await createImageBitmap(file);
    } catch {
      return; // the server says what is wrong with it
    }
    part.hidden = false;
    begin();
  });

  function forget() {
    picture?.close();
    picture = crop = null;
    part.hidden = true;
    for (const name of names) numbers[name].value = "";
  }

  // The widest part there is, as a share of the width, and what it takes of the height.
  const widest = () => Math.min(1, ((picture.height * WIDE) / TALL) / picture.width);
  const heightOf = (width) => (width * picture.width * TALL) / WIDE / picture.height;

  function begin() {
    const width = widest();
    zoom = 1;
    put((1 - width) / 2, (1 - heightOf(width)) * SHARE_ABOVE, width);
  }

  function put(left, top, width) {
    crop = { left: within(left, 0, 1 - width), top: within(top, 0, Math.max(0, 1 - heightOf(width))), width };
    for (const name of names) numbers[name].value = crop[name].toFixed(5);
    slider.value = String(zoom);
    draw();
  }

  function draw() {
    const { left, top, width } = crop;
    const from = [left * picture.width, top * picture.height, width * picture.width, heightOf(width) * picture.height];
    frame.getContext("2d").drawImage(picture, ...from, 0, 0, frame.width, frame.height);
  }

  function move(right, down) {
    put(crop.left + right * crop.width, crop.top + down * heightOf(crop.width), crop.width);
  }

  // Around the middle of the frame, so that a face stays where it is.
  function enlarge(to) {
    zoom = within(to, 1, MOST_ZOOM);
    const width = widest() / zoom;
    const left = crop.left + (crop.width - width) / 2;
    put(left, crop.top + (heightOf(crop.width) - heightOf(width)) / 2, width);
  }

  slider.addEventListener("input", () => crop && enlarge(Number(slider.value)));

  frame.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const zooms = { "+": 1.1, "=": 1.1, "-": 1 / 1.1 };
    if (!crop || event.ctrlKey || event.metaKey) return;
    if (moves[event.key]) move(...moves[event.key]);
    else if (zooms[event.key]) enlarge(zoom * zooms[event.key]);
    else if (event.key === "Home") begin();
    else return;
    event.preventDefault();
  });

  frame.addEventListener("pointerdown", (event) => {
    frame.setPointerCapture(event.pointerId);
    pointers.set(event.pointerId, event);
  });
  frame.addEventListener("pointermove", (event) => {
    const before = pointers.get(event.pointerId);
    if (!before || !crop) return;
    const other = [...pointers.values()].find((each) => each.pointerId !== event.pointerId);
    if (other) enlarge((zoom * distance(event, other)) / Math.max(1, distance(before, other)));
    else move((before.clientX - event.clientX) / frame.clientWidth, (before.clientY - event.clientY) / frame.clientHeight);
    pointers.set(event.pointerId, event);
  });
  for (const kind of ["pointerup", "pointercancel"]) {
    frame.addEventListener(kind, (event) => pointers.delete(event.pointerId));
  }

  // Only while the frame has the focus: a page must scroll over it.
  frame.addEventListener(
    "wheel",
    (event) => {
      if (!crop || document.activeElement !== frame) return;
      event.preventDefault();
      enlarge(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
    },
    { passive: false },
  );

  // The browser's Back may bring the file along without any change.
  if (input.files.length) input.dispatchEvent(new Event("change"));
}

function within(value, least, most) {
  return Math.min(Math.max(value, least), most);
}

function distance(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
}
