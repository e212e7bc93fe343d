import { Page } from '@orbweaver/ui/page'
import { useState } from 'react'
import { useGo, useSearchOf } from '../../app/location.ts'
import { usePageTitle } from '../../app/page-title.ts'
import { usePlan } from '../../app/plan/use-plan.ts'
import { paths } from '../../paths.ts'
import { RootOfTrust, useRootOfTrust } from './certificates/root-of-trust.tsx'
import { readDraft } from './form/asked-draft.ts'
import { kindOf, type Ready } from './form/draft.ts'
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
  const trust = useRootOfTrust()
  const submit = ({ name, spec }: Ready) => {
    trust
      .authority(spec.controlPlane)
      .then(
        (ca) =>
          plan.open(
            { type: 'meshes.create', name, spec, ...(ca !== undefined && { ca }) },
            { onDone: () => go(paths.mesh(name)) },
          ),
        trust.failed,
      )
  }
  return (
    <Page title={t('title')} facts={[t('lead')]}>
      <MeshFormPage
        initial={initial}
        verb={t('verb')}
        more={<RootOfTrust of={trust} />}
        roots={trust.roots}
        hold={(draft) => (kindOf(draft) === 'External' ? undefined : trust.held)}
        onSubmit={submit}
        onCancel={() => go(paths.meshes())}
      />
    </Page>
  )
}
