// The page that the form is measured against: nothing but an input and imask.
import InputMask from 'imask/esm/controls/input'
import 'imask/esm/masked/pattern'

const input = document.querySelector('input')
if (input) new InputMask(input, { mask: '00 00 000000' })
