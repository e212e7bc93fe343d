import type { Crossing } from '@orbweaver/contracts/metrics'
import { useMeasured } from '@orbweaver/ui/chart/use-measured'
import { Section } from '@orbweaver/ui/page'
import { Status, StatusShape } from '@orbweaver/ui/status'
import { useState } from 'react'
import { useMessage } from '../../../text/messages.ts'
import { type Judged, waysOf } from './groups.ts'
import { useNetworkText } from './text.ts'
import { type Networks, useCrossings } from './use-networks.ts'
import { NextStep, WayDrawer } from './way-drawer.tsx'
import { wayHealth } from './way-health.ts'

/** More would be no table any more; the list below tells of all. */
const mostShown = 25
const mostBroken = 50

type Props = { mesh: string; networks: Networks; onMove: (clusters: string[]) => void }

/** Every way between two clusters, judged by what is known; what is broken with its next step. */
export function WaysTab(props: Props) {
  const t = useNetworkText()
  const [open, setOpen] = useState<{ from: string; to: string } | undefined>()
  const { members, exposure } = props.networks
  const crossings = useCrossings(props.mesh)
  if (members.length < 2) return <p className="ow-soft">{t('ways.none')}</p>
  const ways = waysOf({ members, exposure, crossings })
  const shown = ways.find(({ from, to }) => from.cluster === open?.from && to.cluster === open.to)
  return (
    <>
      <p className="ow-soft mesh-lead">{t('ways.lead')}</p>
      <Matrix clusters={members.slice(0, mostShown).map((each) => each.cluster)} ways={ways} onOpen={setOpen} />
      {members.length > mostShown && <p className="ow-soft">{t('ways.cut', { count: mostShown })}</p>}
      <Broken {...props} ways={ways.filter(({ way }) => way.state === 'broken')} onOpen={setOpen} />
      {shown !== undefined && (
        <WayDrawer {...props} held={props.networks.deleting} judged={shown} onClose={() => setOpen(undefined)} />
      )}
    </>
  )
}

type Open = (way: { from: string; to: string }) => void

function Matrix(props: { clusters: string[]; ways: Judged[]; onOpen: Open }) {
  const t = useNetworkText()
  const { clusters, ways } = props
  const byEnds = new Map(ways.map((each) => [`${each.from.cluster}/${each.to.cluster}`, each]))
  return (
    <div className="network-matrix-scroll">
      <table className="network-matrix" aria-label={t('tab.ways')}>
        <thead>
          <tr>
            <th scope="col">{t('ways.from')}</th>
            {clusters.map((to) => (
              <th key={to} scope="col">
                {t('ways.to', { cluster: to })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {clusters.map((from) => (
            <tr key={from}>
              <th scope="row">{from}</th>
              {clusters.map((to) => (
                <td key={to}>
                  <Cell from={from} to={to} judged={byEnds.get(`${from}/${to}`)} onOpen={props.onOpen} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cell(props: { from: string; to: string; judged: Judged | undefined; onOpen: Open }) {
  const t = useNetworkText()
  const counted = useCounted()
  const { from, to, judged } = props
  if (judged === undefined) return <span className="ow-muted">–</span>
  const { state } = judged.way
  const word = t(`ways.state.${state}`)
  const traffic = judged.crossing === undefined ? undefined : counted(judged.crossing)
  return (
    <button
      type="button"
      className="network-cell"
      aria-label={[t('ways.cell', { from, to, state: word }), traffic].filter(Boolean).join(', ')}
      onClick={() => props.onOpen({ from, to })}
    >
      <StatusShape health={wayHealth[state]} /> {word}
      {traffic !== undefined && <small className="network-traffic ow-muted ow-number">{traffic}</small>}
    </button>
  )
}

/** What was counted between two clusters, in short. */
function useCounted(): (crossing: Crossing) => string {
  const t = useNetworkText()
  const measured = useMeasured()
  return ({ requests, errors }) =>
    t('ways.counted', { rate: measured(requests, 'perSecond'), share: measured(errors, 'share') })
}

function Broken(props: Props & { ways: Judged[]; onOpen: Open }) {
  const t = useNetworkText()
  const say = useMessage()
  const { ways } = props
  if (ways.length === 0) return <p className="ow-soft network-calm">{t('ways.allWell')}</p>
  return (
    <Section title={t('ways.broken')}>
      <ul className="mesh-lines">
        {ways.slice(0, mostBroken).map((judged) => {
          const { from, to, way } = judged
          return (
            <li key={`${from.cluster}/${to.cluster}`}>
              <button
                type="button"
                className="ow-link"
                onClick={() => props.onOpen({ from: from.cluster, to: to.cluster })}
              >
                {t('ways.title', { from: from.cluster, to: to.cluster })}
              </button>
              <Status health="broken" word={t('ways.state.broken')} reason={say(way.reason)} />
              <NextStep {...props} held={props.networks.deleting} judged={judged} />
            </li>
          )
        })}
      </ul>
      {ways.length > mostBroken && <p className="ow-soft">{t('ways.more', { count: ways.length - mostBroken })}</p>}
    </Section>
  )
}
