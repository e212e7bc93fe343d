import { Page, type PageTab, Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../../api/api.ts'
import { codeOf } from '../../../api/failure.ts'
import { useGo, useParam, useSearchOf } from '../../../app/location.ts'
import { usePageTitle } from '../../../app/page-title.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { Truths } from '../../../app/truths.tsx'
import { paths } from '../../../paths.ts'
import { MeshGone } from '../mesh-gone.tsx'
import '../meshes.css'
import { useMesh } from '../use-mesh.ts'
import { AuthorityTab } from './authority-tab.tsx'
import './certificates.css'
import { PlugDrawer } from './plug-drawer.tsx'
import { ProxiesTab } from './proxies-tab.tsx'
import { type CertificateTab, certificateTabs, readCertificateSearch } from './search.ts'
import { useCertificateText } from './text.ts'

/** The certificates of one mesh: who signs, which roots its clusters trust, what proxies hold, how long all that holds. */
export function MeshCertificatesPage() {
  const t = useCertificateText()
  const name = useParam('mesh')
  usePageTitle(t('title'))
  const go = useGo()
  const [search, setSearch] = useSearchOf(readCertificateSearch)
  const [plugging, setPlugging] = useState(false)
  const mesh = useMesh(name)
  const detail = mesh.data
  const query = useQuery(api.meshes.certificates.queryOptions({ input: { name }, refetchInterval: 30_000 }))
  if (codeOf(query.error) === 'meshes.not_found') return <MeshGone mesh={name} />
  const place = placeOf(detail)
  const held = place === undefined ? t('held') : undefined
  const plug = { label: t('plug'), disabled: held, onSelect: () => setPlugging(true) }
  const tab = (key: CertificateTab): PageTab => {
    const href = paths.meshCertificates(name, key === 'authority' ? {} : { tab: key })
    return { key, label: t(`tab.${key}`), href, onSelect: () => go(href) }
  }
  return (
    <Page
      title={t('pageTitle', { mesh: name })}
      primary={detail === undefined ? undefined : plug}
      tabs={certificateTabs.map(tab)}
      tab={search.tab}
      notice={search.tab === 'authority' && <Truths truths={query.data?.clusters} />}
    >
      {search.tab === 'authority' ? (
        <QueryView query={query} lines={8}>
          {(told) => (
            <>
              <AuthorityTab mesh={name} told={told} place={place} />
              {detail === undefined && (
                <Section title={t('change.title')}>
                  <QueryView query={mesh}>{() => null}</QueryView>
                </Section>
              )}
            </>
          )}
        </QueryView>
      ) : (
        <ProxiesTab mesh={name} clusters={clustersIn(detail)} search={search} onSearch={setSearch} />
      )}
      {plugging && place !== undefined && (
        <PlugDrawer mesh={name} place={place} present={query.data?.authority} onClose={() => setPlugging(false)} />
      )}
    </Page>
  )
}

type Detail = ReturnType<typeof useMesh>['data']

/** Where the authority of a mesh lies that is the console's to change. */
function placeOf(detail: Detail) {
  return detail === undefined || detail.mesh.kind === 'External' ? undefined : detail.spec.controlPlane
}

function clustersIn(detail: Detail): string[] {
  return detail?.members.map(({ cluster }) => cluster) ?? []
}
