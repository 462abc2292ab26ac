// Shows what is typed into the password fields while the box is ticked. The page works without it.
const box = document.querySelector('[data-show-password]')
const fields = document.querySelectorAll('input[autocomplete="new-password"]')

box.hidden = false
box.querySelector('input').addEventListener('change', (event) => {
  for (const field of fields) field.type = event.target.checked ? 'text' : 'password'
})
