import { Page } from '@orbweaver/ui/page'
import { useState } from 'react'
import { useGo, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { paths } from '../../paths.ts'
import { readDraft } from './form/asked-draft.ts'
import { MeshFormPage } from './form/mesh-form-page.tsx'
import { useFormText } from './form/text.ts'

/** Creating a mesh of any kind. Once the plan is accepted its stages are followed on the mesh's own page. */
export function CreateMeshPage() {
  const t = useFormText()
  const go = useGo()
  const plan = usePlan()
  usePageTitle(t('title'))
  const [asked] = useSearchOf(readDraft)
  const [initial] = useState(asked)
  return (
    <Page title={t('title')} facts={[t('lead')]}>
      <MeshFormPage
        initial={initial}
        verb={t('verb')}
        onSubmit={({ name, spec }) =>
          plan.open({ type: 'meshes.create', name, spec }, { onDone: () => go(paths.mesh(name)) })
        }
        onCancel={() => go(paths.meshes())}
      />
    </Page>
  )
}
