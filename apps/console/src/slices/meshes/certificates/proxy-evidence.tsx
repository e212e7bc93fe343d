import type { ProxyCertificate } from '@orbweaver/contracts/certificates'
import { type Health, Status } from '@orbweaver/ui/status'
import { useQueries } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useFailure } from '../../../api/failure.ts'
import { AppLink } from '../../../app/link.tsx'
import { paths } from '../../../paths.ts'
import { proxyQuery } from './proxy-query.ts'
import { useCertificateText } from './text.ts'

const kinds = ['gateways', 'workloads'] as const

/** What proxies themselves say of a change of root, where somebody asks them: how many hold or trust what was before. */
export function ProxyEvidence(props: { mesh: string }) {
  const t = useCertificateText()
  const say = useFailure()
  const { mesh } = props
  const [wanted, setWanted] = useState(false)
  const asked = useQueries({ queries: kinds.map((of) => ({ ...proxyQuery({ mesh, of }), enabled: wanted })) })
  const answers = asked.flatMap(({ data }) => data ?? [])
  const failed = asked.find(({ error }) => error !== null)?.error
  const ask = () => {
    if (wanted) for (const each of asked) void each.refetch()
    setWanted(true)
  }
  return (
    <>
      <div className="ow-row">
        <Button onClick={ask} loading={asked.some(({ isFetching }) => isFetching)}>
          {t('change.askProxies')}
        </Button>
        <AppLink to={paths.meshCertificates(mesh, { tab: 'proxies' })}>{t('change.openProxies')}</AppLink>
      </div>
      {failed !== null && failed !== undefined && <Status health="unknown" word={say(failed).what} />}
      {answers.length === kinds.length && (
        <Counts
          items={answers.flatMap(({ items }) => items)}
          left={answers.reduce((sum, { items, total }) => sum + total - items.length, 0)}
        />
      )}
    </>
  )
}

function Counts(props: { items: readonly ProxyCertificate[]; left: number }) {
  const t = useCertificateText()
  const { items, left } = props
  const told = items.filter(({ root }) => root !== undefined)
  const lines: { word: 'otherRoot' | 'lacking' | 'untold' | 'unasked'; health: Health; count: number }[] = [
    { word: 'otherRoot', health: 'working', count: told.filter(({ root }) => root !== 'current').length },
    { word: 'lacking', health: 'working', count: told.filter(({ missing = 0 }) => missing > 0).length },
    { word: 'untold', health: 'unknown', count: items.length - told.length },
    { word: 'unasked', health: 'unknown', count: left },
  ]
  const known = lines.filter(({ count }) => count > 0)
  return (
    <ul className="mesh-lines" aria-label={t('change.askProxies')}>
      {known.map(({ word, health, count }) => (
        <li key={word}>
          <Status health={health} word={t(`change.${word}`, { count })} />
        </li>
      ))}
      {told.length > 0 && lines.slice(0, 2).every(({ count }) => count === 0) && (
        <li>
          <Status health="healthy" word={t('change.allFollow', { count: told.length })} />
        </li>
      )}
    </ul>
  )
}
