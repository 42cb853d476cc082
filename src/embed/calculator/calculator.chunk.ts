import { calculatorRu } from '../../i18n/ru/calculator.ts'
import css from '../../themes/on-demand/calculator.css?inline'
import { createCosts } from '../../ui/calculator/costs.tsx'
import { createSlider } from '../../ui/calculator/slider.tsx'

export { calculatorRu } from '../../i18n/ru/calculator.ts'

/** Creates what a calculator shows beside its inputs, with its styles. Loaded on demand. */
export function createCalculatorChunk(texts = calculatorRu) {
  const now = (): Date => new Date()
  return { views: { Slider: createSlider(texts), Costs: createCosts(texts, now) }, css }
}
