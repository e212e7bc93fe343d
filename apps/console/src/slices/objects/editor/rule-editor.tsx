import type { KnownFinding } from '@orbweaver/contracts/findings'
import type { IntentOf } from '@orbweaver/contracts/intent'
import type { KubernetesObject, ObjectRef } from '@orbweaver/contracts/kubernetes'
import type { Keeper } from '@orbweaver/contracts/plan'
import type { ClusterTruth } from '@orbweaver/contracts/envelope'
import { Failure } from '@orbweaver/ui/failure'
import { Columns, Page, Section } from '@orbweaver/ui/page'
import { TimeAgo } from '@orbweaver/ui/time-ago'
import { useToast } from '@orbweaver/ui/toast'
import { useMemo, useState } from 'react'
import { useFailureOf } from '../../../api/failure.ts'
import { useSession } from '../../../api/session.ts'
import { AppLink } from '../../../app/link.tsx'
import { useGo } from '../../../app/location.ts'
import { usePlan } from '../../../app/plan/use-plan.ts'
import { Truths } from '../../../app/truths.tsx'
import { useFindingText } from '../../../app/wording.tsx'
import { paths } from '../../../paths.ts'
import { useText } from '../text.ts'
import { useDeleteRule } from '../use-delete-rule.ts'
import { CheckSection, useCheck } from './check.tsx'
import { draftStore } from './draft-store.ts'
import { EditNotices } from './edit-notices.tsx'
import { FoundList } from './found-list.tsx'
import { useLeaveGuard } from './leave-guard.tsx'
import { MergePart } from './merge-part.tsx'
import { findingRemarks, planRemarks, stillMeant } from './remarks.ts'
import { LazyTextPane } from './lazy-text-pane.tsx'
import { type RuleDraft, useRuleDraft } from './use-rule-draft.ts'
import { useKindSchema } from './use-schema.ts'
import { yamlOf } from './yaml.ts'

type RuleRead = {
  object: KubernetesObject
  findings: KnownFinding[]
  permitted: { update: boolean; delete: boolean }
  rule: boolean
  managedBy?: Keeper | undefined
  clusters: ClusterTruth[]
}
type Editing = {
  mesh: string
  of: ObjectRef
  read: RuleRead
  gone: boolean
  /** Why it could not be read again: what is shown may be old. */
  unread: Error | undefined
  /** Reads the object once more; undefined when that failed. */
  onReread: () => Promise<KubernetesObject | undefined>
}

/** The editor of one rule with everything around it. */
export function RuleEditor(props: Editing) {
  const t = useText()
  const { of: ref, read } = props
  const { user } = useSession()
  const store = useMemo(() => draftStore(user?.name ?? '', ref), [user, ref])
  const draft = useRuleDraft(read.object, store)
  const guard = useLeaveGuard(draft.dirty, store.clear)
  const [merging, setMerging] = useState(false)
  const readOnly = read.permitted.update ? undefined : t(read.rule ? 'readOnly.forbidden' : 'readOnly.other')
  const unread = useFailureOf(props.unread)
  const apply = useApply(props, draft, () => setMerging(true))
  const { reading, base } = draft
  return (
    <Page
      title={ref.name}
      facts={[
        ref.kind,
        ref.namespace,
        <AppLink key="cluster" to={paths.cluster(ref.cluster)}>
          {ref.cluster}
        </AppLink>,
        <span key="age">
          {t('createdAgo')} <TimeAgo at={base.metadata.creationTimestamp} />
        </span>,
      ]}
      primary={{
        label: props.gone ? t('createAgain') : t('apply'),
        disabled: readOnly ?? (merging ? t('merge.first') : reading.ok ? undefined : t(`fault.${reading.fault}`)),
        onSelect: apply,
      }}
      menu={useMenu(props, draft, guard.release)}
      notice={
        <>
          <Truths truths={read.clusters} />
          {unread !== undefined && <Failure failure={unread} onRetry={() => void props.onReread()} />}
          {!merging && (
            <EditNotices
              draft={draft}
              gone={props.gone}
              keeper={read.managedBy}
              readOnly={readOnly}
              onMerge={() => setMerging(true)}
            />
          )}
        </>
      }
    >
      {merging && reading.ok ? (
        <MergePart
          base={base}
          mine={reading.object}
          theirs={read.object}
          onBack={() => setMerging(false)}
          onMerged={(merged) => {
            draft.rebase(read.object, yamlOf(merged))
            setMerging(false)
          }}
        />
      ) : (
        <Workbench {...props} draft={draft} readOnly={readOnly} />
      )}
      {guard.dialog}
    </Page>
  )
}

function Workbench(props: Editing & { draft: RuleDraft; readOnly: string | undefined }) {
  const t = useText()
  const word = useFindingText()
  const { of: ref, read, draft, readOnly } = props
  const { schema, error } = useKindSchema(ref)
  const check = useCheck()
  const intent = intentOf(props, draft)
  const checked = check.text === draft.text ? check.plan : undefined
  const meant = useMemo(() => {
    const { reading, base } = draft
    return reading.ok ? stillMeant(read.findings, base, reading.object) : []
  }, [read.findings, draft])
  const remarks = checked === undefined ? findingRemarks(meant, word) : planRemarks(checked, ref, word)
  const held = intent === undefined ? t('nothingToCheck') : undefined
  return (
    <Columns
      main={
        <LazyTextPane
          text={draft.text}
          before={yamlOf(draft.base)}
          onChange={readOnly === undefined ? draft.edit : undefined}
          schema={schema}
          remarks={useSteady(remarks)}
          aside={error !== null && readOnly === undefined && <span className="ow-muted">{t('noSchema')}</span>}
        />
      }
      side={
        <div className="ow-stack">
          <Section title={t('findings')}>
            <FoundList mesh={props.mesh} findings={read.findings} />
          </Section>
          {readOnly === undefined && (
            <CheckSection
              check={check}
              text={draft.text}
              held={held}
              onRun={() => intent !== undefined && check.run(intent, draft.text)}
            />
          )}
        </div>
      }
    />
  )
}

/** The same list for as long as it says the same, so that the editor is not told anew at every key. */
function useSteady<Value>(value: Value): Value {
  const key = JSON.stringify(value)
  const [kept, setKept] = useState({ key, value })
  if (kept.key === key) return kept.value
  setKept({ key, value })
  return value
}

/** What applying the draft would be; undefined while there is nothing to apply. */
function intentOf(
  { mesh, of: ref, gone }: Editing,
  { reading, base, changed }: RuleDraft,
): IntentOf<'objects.edit'> | IntentOf<'objects.create'> | undefined {
  if (!reading.ok) return undefined
  if (gone) return { type: 'objects.create', mesh, cluster: ref.cluster, object: reading.object }
  return changed ? { type: 'objects.edit', mesh, ref, base, object: reading.object } : undefined
}

/** Looks at the object once more, then opens the plan, or the merge where somebody was faster. */
function useApply(editing: Editing, draft: RuleDraft, onMerge: () => void): () => void {
  const t = useText()
  const toast = useToast()
  const plan = usePlan()
  const adopt = async () => {
    const now = await editing.onReread()
    if (now !== undefined) draft.rebase(now)
  }
  const start = async () => {
    const intent = intentOf(editing, draft)
    if (intent === undefined) {
      toast({ health: 'unknown', text: t('untouched') })
      return
    }
    if (!editing.gone && draft.overtaken(await editing.onReread())) onMerge()
    else plan.open(intent, { onDone: () => void adopt() })
  }
  return () => {
    if (draft.moved && !editing.gone) onMerge()
    else void start()
  }
}

function useMenu(editing: Editing, draft: RuleDraft, release: () => void) {
  const t = useText()
  const go = useGo()
  const { mesh, of: ref, read, gone } = editing
  const remove = useDeleteRule(mesh)
  const denied = read.permitted.delete ? undefined : t('readOnly.delete')
  return [
    {
      key: 'discard',
      label: t('discard'),
      disabled: draft.dirty ? undefined : t('nothingToDiscard'),
      onSelect: () => draft.rebase(read.object),
    },
    {
      key: 'delete',
      label: t('delete'),
      danger: true,
      disabled: gone ? t('goneAlready') : denied,
      onSelect: () =>
        remove({ ref, uid: read.object.metadata.uid ?? '' }, () => {
          release()
          go(paths.objects(mesh))
        }),
    },
  ]
}
