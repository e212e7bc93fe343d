import type { Line } from '@orbweaver/contracts/metrics'
import { ChartGroup } from '@orbweaver/ui/chart/cursor'
import { LineChart } from '@orbweaver/ui/chart/line-chart'
import type { Unit } from '@orbweaver/ui/chart/use-measured'
import { useMemo } from 'react'
import { useMetricText } from './text.ts'
import type { Load } from './use-load.ts'
import { whyEmpty } from './why-empty.ts'

const charts: { of: 'cpu' | 'memory' | 'bytes'; unit: Unit }[] = [
  { of: 'cpu', unit: 'cores' },
  { of: 'memory', unit: 'bytes' },
  { of: 'bytes', unit: 'bytesPerSecond' },
]

/** What the sidecars of a mesh use and pass on, cluster by cluster, over the same time. */
export function LoadCharts(props: { load: Load; size?: 'full' | 'short' }) {
  return (
    <ChartGroup>
      <div className="ow-charts">
        {charts.map(({ of, unit }) => (
          <LoadChart key={of} of={of} unit={unit} {...props} />
        ))}
      </div>
    </ChartGroup>
  )
}

function LoadChart(props: (typeof charts)[number] & { load: Load; size?: 'full' | 'short' }) {
  const t = useMetricText()
  const { of, unit, load, size = 'full' } = props
  const { range, sources } = load
  const measured: readonly Line[] = load[of]
  // The same object while the same was told: what is drawn is drawn once.
  const lines = useMemo(() => measured.map(({ cluster, points }) => ({ name: cluster, points })), [measured])
  return (
    <LineChart
      label={t(of)}
      unit={unit}
      start={Date.parse(range.start) / 1000}
      step={range.step}
      lines={lines}
      empty={t(`empty.${whyEmpty(sources)}`)}
      size={size}
    />
  )
}
