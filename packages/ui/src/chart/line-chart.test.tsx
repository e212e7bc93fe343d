import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { show } from '../testing.tsx'
import { ChartGroup } from './cursor.tsx'
import { LineChart } from './line-chart.tsx'
import { makePlot } from './plot.ts'

/** jsdom has no canvas: what would be drawn is recorded. */
vi.mock('./plot.ts', () => ({ makePlot: vi.fn() }))
const drawing = vi.mocked(makePlot)

function recorded() {
  return { fill: vi.fn(), resize: vi.fn(), hide: vi.fn(), point: vi.fn(), remove: vi.fn() }
}

beforeEach(() => drawing.mockReset().mockImplementation(recorded))

const start = new Date('2026-11-29T14:00:00').getTime() / 1000
const lines = [
  { name: 'east', points: [0.5, null, 0.25] },
  { name: 'west', points: [1, 2, null] },
]
const chart = (label: string) => (
  <LineChart label={label} unit="cores" start={start} step={60} lines={lines} empty="Nobody measured." />
)

/** The words of a legend, line by line. */
const legend = () => screen.getAllByRole('button', { pressed: true }).map((each) => each.textContent)

describe('a chart', () => {
  it('says beside the names what was measured last, and that nothing was', async () => {
    show(chart('vCPU'))
    expect(await screen.findByText('Latest, 14:02')).toBeTruthy()
    expect(legend()).toEqual(['east0.25 cores', 'westno value'])
  })

  it('says what was measured last of a range that ends after it', async () => {
    const early = lines.map(({ name, points }) => ({ name, points: [...points, null] }))
    show(<LineChart label="vCPU" unit="cores" start={start} step={60} lines={early} empty="Nobody measured." />)
    expect(await screen.findByText('Latest, 14:02')).toBeTruthy()
    expect(legend()).toEqual(['east0.25 cores', 'westno value'])
  })

  it('is moved along by keys, tells what it says there, and lets go by Escape', async () => {
    show(chart('vCPU'))
    const slider = await screen.findByRole('slider', { name: 'vCPU' })
    fireEvent.change(slider, { target: { value: '1' } })
    expect(slider.getAttribute('aria-valuetext')).toBe('14:01')
    expect(screen.getByRole('status').textContent).toBe('east no value, west 2 cores')
    fireEvent.change(slider, { target: { value: '0' } })
    expect(legend()).toEqual(['east0.5 cores', 'west1 cores'])
    fireEvent.keyDown(slider, { key: 'Escape' })
    expect(screen.getByText('Latest, 14:02')).toBeTruthy()
    expect(screen.getByRole('status').textContent).toBe('')
  })

  it('takes a line out of the drawing and out of what is told', async () => {
    const plot = recorded()
    drawing.mockReturnValue(plot)
    show(chart('vCPU'))
    await waitFor(() => expect(plot.hide).toHaveBeenLastCalledWith([false, false]))
    await userEvent.click(screen.getByRole('button', { name: /east/ }))
    expect(plot.hide).toHaveBeenLastCalledWith([true, false])
    fireEvent.change(screen.getByRole('slider'), { target: { value: '0' } })
    expect(screen.getByRole('status').textContent).toBe('west 1 cores')
  })

  it('has a table that says the same, latest first', async () => {
    show(chart('vCPU'), 'zh')
    await userEvent.click(await screen.findByRole('button', { name: '以表格显示: vCPU' }))
    const rows = within(screen.getByRole('region', { name: 'vCPU（表格）' })).getAllByRole('row')
    expect(rows.map((row) => row.textContent)).toEqual([
      '时间eastwest',
      '14:020.25 核无数值',
      '14:01无数值2 核',
      '14:000.5 核1 核',
    ])
  })

  it('says why there is nothing to draw', () => {
    const nothing = [{ name: 'east', points: [null, null] }]
    show(<LineChart label="vCPU" unit="cores" start={start} step={60} lines={nothing} empty="Nobody measured." />)
    expect(screen.getByRole('figure', { name: 'vCPU' }).textContent).toBe('vCPUNo dataNobody measured.')
    expect(drawing).not.toHaveBeenCalled()
  })
})

describe('charts of a group', () => {
  it('show the same moment', async () => {
    const plots = [recorded(), recorded()]
    drawing.mockReturnValueOnce(plots[0] ?? recorded()).mockReturnValueOnce(plots[1] ?? recorded())
    const { rerender } = show(<ChartGroup>{chart('vCPU')}</ChartGroup>)
    await waitFor(() => expect(drawing).toHaveBeenCalledTimes(1))
    rerender(
      <ChartGroup>
        {chart('vCPU')}
        {chart('Memory')}
      </ChartGroup>,
    )
    await waitFor(() => expect(drawing).toHaveBeenCalledTimes(2))
    act(() => drawing.mock.calls[0]?.[1].onPoint(1))
    expect(screen.getAllByText('14:01')).toHaveLength(2)
    expect(plots.map(({ point }) => point.mock.lastCall)).toEqual([[1], [1]])
  })
})
