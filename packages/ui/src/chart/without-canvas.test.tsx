import { screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { show } from '../testing.tsx'
import { LineChart } from './line-chart.tsx'

it('a chart stands as a table where the browser draws on no canvas', async () => {
  const lines = [{ name: 'east', points: [1, 2] }]
  show(<LineChart label="vCPU" unit="cores" start={0} step={60} lines={lines} empty="Nobody measured." />)
  expect(await screen.findByText('The chart cannot be drawn here. The table says the same.')).toBeTruthy()
  expect(screen.getAllByRole('row')).toHaveLength(3)
  expect(screen.queryByRole('slider')).toBeNull()
})
