import { CopyText } from '@orbweaver/ui/copy-text'
import { Section } from '@orbweaver/ui/page'
import { useQuery } from '@tanstack/react-query'
import { api } from '../../../api/api.ts'
import { QueryView } from '../../../app/query-view.tsx'
import { useText } from '../text.ts'
import { clusterNamePattern } from './register-values.ts'
import type { Provider } from './verdict.ts'

/** The least-privilege account to apply by hand, and the commands that make its kubeconfig. */
export function Manifest(props: { name: string; provider: Provider | undefined; lacksRights: boolean; open: boolean }) {
  const t = useText()
  const { name, provider } = props
  const input = clusterNamePattern.test(name) && name.length <= 63 ? { name } : {}
  const query = useQuery(api.clusters.manifest.queryOptions({ input, staleTime: Number.POSITIVE_INFINITY }))
  return (
    <Section title={t('manifest.title')}>
      <div className="ow-stack ow-manifest">
        {provider !== undefined && <p>{t(`manifest.${provider}`)}</p>}
        {props.lacksRights && <p>{t('manifest.rights')}</p>}
        <p className="ow-soft">{t('manifest.lead')}</p>
        <details key={String(props.open)} open={props.open}>
          <summary>{t('manifest.yaml')}</summary>
          <QueryView query={query}>
            {({ manifest, commands }) => (
              <div className="ow-stack">
                <CopyText text={manifest} block />
                <a className="ow-link" href={dataUrl(manifest)} download="orbweaver-member.yaml">
                  {t('manifest.download')}
                </a>
                <p>{t('manifest.commands')}</p>
                <ol>
                  {commands.map((command) => (
                    <li key={command}>
                      <CopyText text={command} block />
                    </li>
                  ))}
                </ol>
              </div>
            )}
          </QueryView>
        </details>
      </div>
    </Section>
  )
}

/** There is no secret in a manifest: it may stand in an address. */
function dataUrl(text: string): string {
  return `data:application/yaml;charset=utf-8,${encodeURIComponent(text)}`
}
