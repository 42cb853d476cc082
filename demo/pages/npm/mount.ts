import { mount } from 'anketa'

const element = document.querySelector<HTMLElement>('#root')
if (element) mount(element, { relay: '/forms/callback', values: { firstName: 'Анна' } })
