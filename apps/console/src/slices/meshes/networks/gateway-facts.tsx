import type { NetworkGateway } from '@orbweaver/contracts/networks'
import type { Place } from '@orbweaver/istio/networks/connectivity'
import { type Health, Status } from '@orbweaver/ui/status'
import { Tag } from '@orbweaver/ui/tag'
import { useNetworkText } from './text.ts'

/** Gateways of one cluster as they run, and what the mesh says of them. */
export function GatewayFacts(props: { place: Place; managed: boolean }) {
  const t = useNetworkText()
  const { place } = props
  const { gateways } = place
  if (gateways === undefined) return <Status health="unknown" word={t('gatewayUnseen')} />
  if (gateways.length === 0) {
    return props.managed ? (
      <span className="ow-muted">
        {t('gateway')}: {t('gatewayNone')}
      </span>
    ) : null
  }
  return (
    <>
      {gateways.map((gateway) => (
        <GatewayFact key={`${gateway.ref.namespace ?? ''}/${gateway.ref.name}`} gateway={gateway} />
      ))}
      <Settings place={place} />
    </>
  )
}

function GatewayFact(props: { gateway: NetworkGateway }) {
  const t = useNetworkText()
  const { ref, addresses, given, ready } = props.gateway
  return (
    <div className="network-gateway">
      <Status
        health={healthOf(props.gateway)}
        word={ready === undefined ? t('gatewayUnseen') : t('readyPods', { count: ready })}
      />
      <span>{ref.name}</span>
      {addresses.length === 0 && <span className="ow-soft">{t('noAddress')}</span>}
      {addresses.map((each) => (
        <code key={each}>{each}</code>
      ))}
      {given && <Tag>{t('given')}</Tag>}
    </div>
  )
}

function healthOf({ addresses, ready }: NetworkGateway): Health {
  if (addresses.length === 0 || ready === 0) return 'broken'
  return ready === undefined ? 'unknown' : 'healthy'
}

function Settings(props: { place: Place }) {
  const t = useNetworkText()
  const { replicas, resources, annotations } = props.place.settings ?? {}
  const said = [
    replicas === undefined ? undefined : t('replicasSet', { count: replicas }),
    resources === undefined ? undefined : t('resourcesSet'),
    annotations === undefined ? undefined : t('annotationsSet', { count: Object.keys(annotations).length }),
  ].filter((each) => each !== undefined)
  return said.length === 0 ? null : <small className="ow-soft">{said.join(' · ')}</small>
}
