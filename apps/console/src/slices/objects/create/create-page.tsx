import type { RuleKind } from '@orbweaver/contracts/objects'
import { ruleTemplates } from '@orbweaver/istio/rules/templates'
import { Page } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { AppLink } from '../../../app/link.tsx'
import { useParam, useSearchOf } from '../../../app/location.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { Truths } from '../../../app/truths.tsx'
import { paths } from '../../../paths.ts'
import { readCreate } from '../search.ts'
import { useText } from '../text.ts'
import { CreateForm } from './create-form.tsx'
import { KindChoice } from './kind-choice.tsx'

/** A new rule: its kind, a template to begin with, then the form and its YAML side by side. */
export function CreatePage() {
  const t = useText()
  const mesh = useParam('mesh')
  const [search, setSearch] = useSearchOf(readCreate)
  usePageTitle(t('create'))
  const { kind } = search
  if (kind === undefined) {
    return (
      <Page title={t('create')} facts={[t('createAbout')]}>
        <KindChoice mesh={mesh} />
      </Page>
    )
  }
  const back = (
    <AppLink key="back" to={paths.objectCreate(mesh)}>
      {t('otherKind')}
    </AppLink>
  )
  return (
    <Page title={t('createKind', { kind })} facts={[t(`kindAbout.${kind}`), back]}>
      <Placed mesh={mesh} kind={kind} template={search.template} onTemplate={(template) => setSearch({ template })} />
    </Page>
  )
}

function Placed(props: {
  mesh: string
  kind: RuleKind
  template: string | undefined
  onTemplate: (id: string) => void
}) {
  const { mesh, kind } = props
  const places = useQuery(api.objects.places.queryOptions({ input: { mesh } }))
  const templates = ruleTemplates[kind]
  const template = templates.find((each) => each.id === props.template) ?? templates[0]
  return (
    <QueryView query={places} lines={8}>
      {(data) => (
        <>
          <Truths truths={data.clusters} />
          {data.places
            .slice(0, 1)
            .map((place) =>
              template === undefined ? null : (
                <CreateForm
                  key={kind}
                  mesh={mesh}
                  place={place}
                  templates={templates}
                  template={template}
                  onTemplate={props.onTemplate}
                />
              ),
            )}
        </>
      )}
    </QueryView>
  )
}
