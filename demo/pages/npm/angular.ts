// Angular compiles this page in the browser; with Angular's own build tools this happens in advance.
import '@angular/compiler'
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import 'anketa/define'
import type { FormElement } from 'anketa/define'

/** A component of the page. Angular reserves the colon in event names, so callbacks are set in `options`. */
class Page {
  readonly dark = signal(false)
  readonly outcome = signal('')
  readonly options: FormElement['options'] = {
    relay: '/forms/callback',
    onOutcome: (detail) => this.outcome.set(detail.outcome),
  }
}

Component({
  selector: '#root',
  // Allows any element with a dash in its name.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button type="button" id="theme" (click)="dark.set(!dark())">Сменить тему</button>
    <anketa-form [options]="options" [theme]="dark() ? 'dark' : 'light'"></anketa-form>
    <output>{{ outcome() }}</output>
  `,
})(Page)

await bootstrapApplication(Page, { providers: [provideZonelessChangeDetection()] })
