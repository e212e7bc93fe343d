import type { Capabilities } from '@orbweaver/contracts/clusters'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { Section } from '@orbweaver/ui/page'
import { Status } from '@orbweaver/ui/status'
import type { ReactNode } from 'react'
import { useListed } from '../../text/use-language.ts'
import { useText } from './text.ts'

/** What a mesh can build upon in a cluster; what is not known says so, and why. */
export function CapabilitiesSection({ of }: { of: Capabilities }) {
  const t = useText()
  const hidden = (kind: Capabilities['hidden'][number]) => of.hidden.includes(kind)
  const unknown = (kind: Capabilities['hidden'][number]) => (
    <span className="ow-muted">{t(hidden(kind) ? 'capability.hidden' : 'capability.unknown')}</span>
  )
  const facts: Fact[] = [
    { label: t('capability.kubelets'), value: <Kubelets of={of.kubelets} otherwise={unknown('nodes')} /> },
    { label: t('capability.localities'), value: <Localities of={of.localities} otherwise={unknown('nodes')} /> },
    { label: t('capability.podRanges'), value: <PodRanges of={of.podRanges} otherwise={unknown('nodes')} /> },
    {
      label: t('capability.serviceRange'),
      value:
        of.serviceAddresses === undefined || of.serviceAddresses.length === 0
          ? unknown('services')
          : t('capability.holds', { addresses: of.serviceAddresses }),
    },
    {
      label: t('capability.loadBalancer'),
      value: <LoadBalancer of={of.loadBalancers} partial={hidden('services')} otherwise={unknown('services')} />,
    },
    { label: t('capability.gatewayApi'), value: <GatewayApi of={of} otherwise={unknown('definitions')} /> },
    { label: t('capability.apis'), value: <Apis of={of.apis} otherwise={unknown('definitions')} /> },
  ]
  return (
    <Section title={t('capability.title')}>
      <KeyValue columns={2} facts={facts} />
    </Section>
  )
}

function Muted(props: { children: ReactNode }) {
  return <span className="ow-muted">{props.children}</span>
}

function Kubelets({ of, otherwise }: { of: Capabilities['kubelets']; otherwise: ReactNode }) {
  const t = useText()
  if (of === undefined) return otherwise
  const { oldest, newest, skew } = of
  const versions = oldest === newest ? newest : `${oldest} – ${newest}`
  if (skew === 'within' || skew === 'unknown') return versions
  return <Status health="attention" word={versions} reason={t(`capability.skew.${skew}`)} />
}

function Localities({ of, otherwise }: { of: Capabilities['localities']; otherwise: ReactNode }) {
  const t = useText()
  if (of === undefined) return otherwise
  if (of.length === 0) return <Muted>{t('istio.none')}</Muted>
  return of.map(({ region, zone, subzone, nodes }) => {
    const place = [region, zone, subzone].filter((each) => each !== undefined).join(' / ')
    return (
      <div key={place}>
        {place === '' ? t('capability.noLocality') : place} <Muted>{t('capability.nodes', { count: nodes })}</Muted>
      </div>
    )
  })
}

function PodRanges({ of, otherwise }: { of: Capabilities['podRanges']; otherwise: ReactNode }) {
  const t = useText()
  const listed = useListed()
  if (of === undefined) return otherwise
  if (of.total === 0) return <Muted>{t('capability.nodesDoNotSay')}</Muted>
  const others = of.total - of.first.length
  return others === 0 ? listed(of.first) : t('fact.andOthers', { newest: of.first, count: others })
}

function LoadBalancer(props: { of: Capabilities['loadBalancers']; partial: boolean; otherwise: ReactNode }) {
  const t = useText()
  const { of, partial } = props
  if (of === undefined) return props.otherwise
  const scope = partial ? t('capability.amongSeen') : undefined
  if (of.total === 0) return <Status health="unknown" word={t('capability.noEvidence')} reason={scope} />
  const word = t('capability.assigned', { assigned: of.assigned, total: of.total })
  return <Status health={of.assigned > 0 ? 'healthy' : 'attention'} word={word} reason={scope} />
}

function GatewayApi({ of, otherwise }: { of: Capabilities; otherwise: ReactNode }) {
  const t = useText()
  if (of.apis === undefined) return otherwise
  if (of.gatewayApi === undefined) return <Muted>{t('operator.missing')}</Muted>
  const { version, channel } = of.gatewayApi
  return [version ?? t('istio.unknownVersion'), channel].filter((each) => each !== undefined).join(' · ')
}

function Apis({ of, otherwise }: { of: Capabilities['apis']; otherwise: ReactNode }) {
  const t = useText()
  const listed = useListed()
  if (of === undefined) return otherwise
  return of.map(({ group, served }) => (
    <div key={group}>
      <code>{group}</code> <Muted>{served.length === 0 ? t('operator.missing') : listed(served)}</Muted>
    </div>
  ))
}
