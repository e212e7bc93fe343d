import { screen, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { RankedBars } from './ranked-bars.tsx'
import { show } from './testing.tsx'

it('ranks by number, each with its unit, and bars in proportion', () => {
  const items = [
    { key: 'a', name: 'reviews', value: 240, note: 'shop' },
    { key: 'b', name: 'ratings', value: 60 },
  ]
  const { container } = show(<RankedBars label="Requests" unit="perMinute" items={items} empty="None." />)
  const list = within(screen.getByRole('region', { name: 'Requests' })).getAllByRole('listitem')
  expect(list.map((each) => each.textContent)).toEqual(['reviews240/minshop', 'ratings60/min'])
  const widths = [...container.querySelectorAll<HTMLElement>('.ow-ranked-bar > span')].map((each) => each.style.width)
  expect(widths).toEqual(['100%', '25%'])
})

it('says why there is nothing to rank', () => {
  show(<RankedBars label="Requests" unit="perMinute" items={[]} empty="None." />)
  expect(screen.getByRole('region', { name: 'Requests' }).textContent).toBe('RequestsNo dataNone.')
})
