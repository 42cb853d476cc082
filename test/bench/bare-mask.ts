// The baseline page: a single input with imask.
import InputMask from 'imask/esm/controls/input'
import 'imask/esm/masked/pattern'

const input = document.querySelector('input')
if (input) new InputMask(input, { mask: '00 00 000000' })
