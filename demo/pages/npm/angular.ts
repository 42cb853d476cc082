// Angular compiles this page in the browser; a build of Angular's own would do it before.
import '@angular/compiler'
import { Component, CUSTOM_ELEMENTS_SCHEMA, provideZonelessChangeDetection, signal } from '@angular/core'
import { bootstrapApplication } from '@angular/platform-browser'
import 'anketa/define'
import type { FormElement } from 'anketa/define'

/** A page's own component. Angular takes a colon in an event's name for its own: callbacks stand in `options`. */
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
  // Any element with a dash in its name.
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: `
    <button type="button" id="theme" (click)="dark.set(!dark())">Сменить тему</button>
    <anketa-form [options]="options" [theme]="dark() ? 'dark' : 'light'"></anketa-form>
    <output>{{ outcome() }}</output>
  `,
})(Page)

await bootstrapApplication(Page, { providers: [provideZonelessChangeDetection()] })
