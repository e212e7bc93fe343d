import type { MeshDetail } from '@orbweaver/contracts/meshes'
import { plainRecord, sameJson } from '@orbweaver/contracts/json'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../api/api.ts'
import { codeOf } from '../../api/failure.ts'
import { useGo, useParam } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { QueryView } from '../../app/query-view.tsx'
import { paths } from '../../paths.ts'
import { MeshFormPage } from './form/mesh-form-page.tsx'
import { MeshGone } from './mesh-gone.tsx'
import { useText } from './text.ts'

/** What a mesh says, in the form it was created with. */
export function MeshSettingsPage() {
  const t = useText()
  const name = useParam('mesh')
  usePageTitle(t('settings.title'))
  const query = useQuery(api.meshes.get.queryOptions({ input: { name } }))
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  return (
    <Page
      title={t('settings.pageTitle', { mesh: name })}
      facts={[t(query.data?.mesh.phase === 'terminating' ? 'held.terminating' : 'settings.lead')]}
    >
      <QueryView query={query} lines={10}>
        {(detail) => <Settings key={name} detail={detail} />}
      </QueryView>
    </Page>
  )
}

/** Opened on the mesh as it was then: what others change meanwhile is seen in the plan, and not under one's hands. */
function Settings(props: { detail: MeshDetail }) {
  const t = useText()
  const go = useGo()
  const plan = usePlan()
  const { mesh } = props.detail
  const [initial] = useState(() => ({ name: mesh.name, spec: plainRecord(props.detail.spec) }))
  return (
    <MeshFormPage
      fixed
      initial={initial}
      verb={t('settings.verb')}
      hold={(draft) => {
        if (mesh.phase === 'terminating') return t('held.terminating')
        return sameJson(draft.spec, initial.spec) ? t('settings.unchanged') : undefined
      }}
      onSubmit={({ name, spec }) =>
        plan.open({ type: 'meshes.update', name, spec }, { onDone: () => go(paths.mesh(name)) })
      }
      onCancel={() => go(paths.mesh(mesh.name))}
    />
  )
}
