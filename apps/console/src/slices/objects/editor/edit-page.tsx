import { Empty } from '@orbweaver/ui/empty'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { codeOf } from '../../../api/failure.ts'
import { AppLink } from '../../../app/link.tsx'
import { useParam } from '../../../app/location.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { paths, refFromParams } from '../../../paths.ts'
import type { ObjectRef } from '@orbweaver/contracts/kubernetes'
import { useText } from '../text.ts'
import { RuleEditor } from './rule-editor.tsx'

/** One rule: read, understood, edited, checked, applied. */
export function EditPage() {
  const mesh = useParam('mesh')
  const params = {
    cluster: useParam('cluster'),
    resource: useParam('resource'),
    namespace: useParam('namespace'),
    name: useParam('name'),
  }
  usePageTitle(params.name)
  const ref = refFromParams(params)
  return ref === undefined ? <Nowhere mesh={mesh} name={params.name} /> : <RulePage mesh={mesh} of={ref} />
}

function RulePage(props: { mesh: string; of: ObjectRef }) {
  const { mesh, of: ref } = props
  const query = useQuery(api.objects.get.queryOptions({ input: { mesh, ref } }))
  if (query.data === undefined) {
    if (query.error !== null && codeOf(query.error) === 'objects.not_found') {
      return <Nowhere mesh={mesh} name={ref.name} />
    }
    return (
      <Page title={ref.name} facts={[ref.kind, ref.namespace]}>
        <QueryView query={query} lines={8}>
          {() => null}
        </QueryView>
      </Page>
    )
  }
  const gone = query.error !== null && codeOf(query.error) === 'objects.not_found'
  const unread = gone || query.error === null ? undefined : query.error
  const reread = async () => (await query.refetch()).data?.object
  return (
    <RuleEditor
      key={JSON.stringify(ref)}
      mesh={mesh}
      of={ref}
      read={query.data}
      gone={gone}
      unread={unread}
      onReread={reread}
    />
  )
}

function Nowhere(props: { mesh: string; name: string }) {
  const t = useText()
  return (
    <Page title={props.name}>
      <Empty
        title={t('gone.title', { name: props.name })}
        hint={t('gone.hint')}
        action={<AppLink to={paths.objects(props.mesh)}>{t('gone.action')}</AppLink>}
      />
    </Page>
  )
}
