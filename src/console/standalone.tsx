import { signal } from '@preact/signals'
import { render } from 'preact'
import type { ConsoleLanguage } from './access/preferences.ts'
import './styles/all.css'
import { StandaloneBuilder } from './builder/views/standalone-builder.tsx'

const language = signal<ConsoleLanguage>(navigator.language.startsWith('ru') ? 'ru' : 'en')
const root = document.querySelector('#builder')
if (root) render(<StandaloneBuilder language={language} page={document.documentElement} />, root)
