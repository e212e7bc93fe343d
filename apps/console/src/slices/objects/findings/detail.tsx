import type { KnownFinding } from '@orbweaver/contracts/findings'
import { refKey } from '@orbweaver/contracts/kubernetes'
import type { Fix } from '@orbweaver/contracts/plan'
import { Icon } from '@orbweaver/ui/icon'
import { type Fact, KeyValue } from '@orbweaver/ui/key-value'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { lazy, Suspense, useState } from 'react'
import { api } from '../../../api/api.ts'
import { explainPlaces } from '../../../app/explain/places.ts'
import { AppLink } from '../../../app/link.tsx'
import { Pointer } from '../../../app/pointer.tsx'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { useMessage } from '../../../text/messages.ts'
import './findings.css'
import { ObjectLink } from './object-link.tsx'
import { useFoundText } from './text.ts'

// A form takes more than the page around it.
const MuteDrawer = lazy(() => import('./mute-drawer.tsx').then((each) => ({ default: each.MuteDrawer })))

/** A namespace may have hundreds of Pods that are alike. */
const mostEvidence = 10
const mostExplained = 3

/** All that is known of a finding, and what can be done about it. */
export function FindingDetail(props: { mesh: string; finding: KnownFinding }) {
  const t = useFoundText()
  const word = useFindingText()
  const { mesh, finding } = props
  const { pointer, evidence, code, aliases, docs, istio, mute } = finding
  const explained = useExplained(mesh, finding)
  return (
    <div className="ow-finding-detail">
      <p>{word(finding).detail}</p>
      <KeyValue
        facts={[
          { label: 'Istio', value: t(`istio.${istio}`) },
          { label: t('at'), value: pointer === '' ? t('whole') : <Pointer of={pointer} /> },
          ...(evidence.length === 0
            ? []
            : [
                {
                  label: t('evidence'),
                  value: (
                    <ul className="ow-evidence">
                      {evidence.slice(0, mostEvidence).map((ref) => (
                        <li key={refKey(ref)}>
                          <ObjectLink mesh={mesh} of={ref} />
                        </li>
                      ))}
                      {evidence.length > mostEvidence && (
                        <li className="ow-muted">{t('more', { count: evidence.length - mostEvidence })}</li>
                      )}
                    </ul>
                  ),
                },
              ]),
          {
            label: t('names'),
            value: (
              <span className="ow-row">
                <code>{[code, ...aliases].join(' · ')}</code>
                <AppLink to={paths.findingCodes(code)}>{t('catalogue')}</AppLink>
                {docs !== undefined && (
                  <a href={docs} target="_blank" rel="noreferrer">
                    {t('docs')} <Icon name="external" />
                  </a>
                )}
              </span>
            ),
          },
          { label: t('fixes'), value: <Fixes mesh={mesh} finding={finding} /> },
          ...explained,
          ...(mute === undefined ? [] : [{ label: t('muted'), value: <MutedBy finding={finding} /> }]),
        ]}
      />
      <MuteButton mesh={mesh} finding={finding} />
    </div>
  )
}

/** What the simulators can be asked about the objects of a finding. */
function useExplained(mesh: string, { ref, evidence, params }: KnownFinding): Fact[] {
  const t = useFoundText()
  const known = typeof params.host === 'string' ? { host: params.host } : {}
  const places = explainPlaces(mesh, [ref, ...evidence], known)
  if (places.length === 0) return []
  const links = places.slice(0, mostExplained).map(({ of, to, about }) => {
    const what = t(about === undefined ? `explainOf.${of}` : `explainAbout.${of}`, { name: about?.name ?? '' })
    return (
      <li key={to}>
        <AppLink to={to} label={`${t('explain')}: ${what}`}>
          {what}
        </AppLink>
      </li>
    )
  })
  return [{ label: t('explain'), value: <ul className="ow-evidence">{links}</ul> }]
}

/** Each way out opens the plan of it. */
function Fixes(props: { mesh: string; finding: KnownFinding }) {
  const t = useFoundText()
  const say = useMessage()
  const plan = usePlan()
  const again = useFindingsAgain()
  const { mesh, finding } = props
  const { code, ref, pointer, fixes, params } = finding
  if (fixes.length === 0) return <span className="ow-soft">{t('noFix')}</span>
  const open = (fix: Fix) =>
    plan.open({ type: 'objects.fix', mesh, finding: { code, ref, pointer }, fix }, { onDone: again, onClosed: again })
  return (
    <ul className="ow-fixes">
      {fixes.map((fix) => {
        const sentence = say({ code: `finding.${code}.fixes.${fix.code}`, params: { ...params, ...fix.params } })
        return (
          <li key={JSON.stringify(fix)}>
            {sentence}
            <Button size="small" aria-label={`${t('fix')}: ${sentence}`} onClick={() => open(fix)}>
              {t('fix')}
            </Button>
          </li>
        )
      })}
    </ul>
  )
}

function MutedBy(props: { finding: KnownFinding }) {
  const t = useFoundText()
  const { mute } = props.finding
  if (mute === undefined) return null
  const { by, reason, until } = mute
  return (
    <span>
      {reason === '' ? t('noReason') : `“${reason}”`}
      {until !== undefined && ` ${t('muteUntil', { until })}`}
      <span className="ow-muted"> · {t('muteBy', { by })}</span>
    </span>
  )
}

function MuteButton(props: { mesh: string; finding: KnownFinding }) {
  const t = useFoundText()
  const plan = usePlan()
  const again = useFindingsAgain()
  const [muting, setMuting] = useState(false)
  const { mesh, finding } = props
  const { code, ref, mute } = finding
  if (mute !== undefined) {
    const unmute = () => plan.open({ type: 'objects.unmute', mesh, ref, code }, { compact: true, onDone: again })
    return (
      <Button size="small" onClick={unmute}>
        {t('unmute')}
      </Button>
    )
  }
  return (
    <>
      <Button size="small" onClick={() => setMuting(true)}>
        {t('mute')}
      </Button>
      {muting && (
        <Suspense fallback={null}>
          <MuteDrawer mesh={mesh} finding={finding} onClose={() => setMuting(false)} onDone={again} />
        </Suspense>
      )}
    </>
  )
}

/** Reads again what this page says of findings: a change to an object that no list shows tells no notice of it. */
function useFindingsAgain(): () => void {
  const queries = useQueryClient()
  return () => void queries.invalidateQueries({ queryKey: api.objects.key() })
}
