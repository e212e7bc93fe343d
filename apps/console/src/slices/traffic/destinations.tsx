import type { RouteDestination, RouteEndpoint } from '@orbweaver/contracts/explain'
import { Status } from '@orbweaver/ui/status'
import { useMessage } from '../../text/messages.ts'
import { useText } from './text.ts'

/** Where it may end, by share, each with the addresses that its client would dial. */
export function Destinations(props: { destinations: RouteDestination[] }) {
  const t = useText()
  return (
    <table className="ow-plain-table">
      <thead>
        <tr>
          <th>{t('share')}</th>
          <th>{t('destination')}</th>
          <th>{t('subset')}</th>
          <th>{t('endpoints')}</th>
        </tr>
      </thead>
      <tbody>
        {props.destinations.map((each) => (
          <tr key={each.cluster}>
            <td className="ow-number">{`${String(Math.round(each.weight * 100) / 100)} %`}</td>
            <td>
              <code title={each.cluster}>{`${each.host}:${each.port}`}</code>
              {each.waypoint !== undefined && (
                <div className="ow-soft">
                  {t('byWaypoint', { name: `${each.waypoint.namespace}/${each.waypoint.name}` })}
                </div>
              )}
            </td>
            <td>{each.subset === undefined ? <span className="ow-muted">–</span> : <code>{each.subset}</code>}</td>
            <td>
              <Endpoints of={each} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Endpoints(props: { of: RouteDestination }) {
  const t = useText()
  const say = useMessage()
  const { endpoints, resolution, fails } = props.of
  if (fails !== undefined) {
    return <Status health="broken" word={say({ ...fails, code: `route.step.${fails.code}` })} />
  }
  if (endpoints.length === 0) return <>{t(`resolutions.${resolution}`)}</>
  const ready = endpoints.filter((each) => each.ready).length
  return (
    <details>
      <summary>{t('readyOf', { ready, total: endpoints.length })}</summary>
      <ul className="ow-endpoints">
        {endpoints.map((each, index) => (
          <li key={index}>
            <Endpoint of={each} />
          </li>
        ))}
      </ul>
    </details>
  )
}

function Endpoint(props: { of: RouteEndpoint }) {
  const t = useText()
  const { address, port, pod, entry, namespace, cluster, locality, gateways, ready } = props.of
  const name = pod ?? entry
  return (
    <>
      <Status health={ready ? 'healthy' : 'broken'} word={ready ? t('ready') : t('notReady')} />{' '}
      <code>{address === '' ? t('hidden') : `${address}:${port}`}</code>{' '}
      {name !== undefined && <code>{`${namespace}/${name}`}</code>} <span className="ow-tag">{cluster}</span>{' '}
      {locality !== undefined && <span className="ow-soft">{locality}</span>}
      {gateways !== undefined && (
        <div className="ow-soft">
          {t('byEntrance', { addresses: gateways.map((each) => each.address || t('hidden')) })}
        </div>
      )}
    </>
  )
}
