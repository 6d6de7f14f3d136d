// <input data-filter-for="id">: hides the [data-filter-item] inside #id that miss one of the words; an optional
// [data-filter-none="id"] appears when nothing is left, [data-filter-count="id"] shows how many are.
function apply(input) {
  const id = input.dataset.filterFor
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
  let left = 0
  for (const item of document.getElementById(id)?.querySelectorAll('[data-filter-item]') ?? []) {
    const text = item.textContent.toLowerCase()
    item.hidden = !words.every((word) => text.includes(word))
    if (!item.hidden) left += 1
  }
  const none = document.querySelector(`[data-filter-none="${id}"]`)
  if (none) none.hidden = left > 0
  const count = document.querySelector(`[data-filter-count="${id}"]`)
  if (count) count.textContent = left.toLocaleString('id-ID')
}

document.addEventListener('input', (event) => {
  if (event.target.dataset.filterFor) apply(event.target)
})

document.querySelectorAll('[data-filter-for]').forEach((input) => input.value && apply(input))
