// The hand-written page of the other benchmark with fewer fields, and two lists of places.
import '../../../hand-written/page.css'
import '../../../hand-written/page.ts'
import '../shared/list.css'
import { loadCities, loadRegions } from '../shared/places.ts'
import { connectList } from './connect-list.ts'

const city = connectList('city', () => {})
const region = connectList('region', ({ id }) => {
  city.reset()
  void loadCities(id).then(city.offer)
})
void loadRegions().then(region.offer)
