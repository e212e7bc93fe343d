package main

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	core "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/conversion"
	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/apiserver/pkg/admission"
	"k8s.io/apiserver/pkg/admission/plugin/webhook/mutating"
	"k8s.io/apiserver/pkg/authentication/user"
	webhookutil "k8s.io/apiserver/pkg/util/webhook"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes/fake"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/client-go/rest"
)

// gate is what an API server does with Pods before it stores them, as far as webhooks change them: its own plugin
// MutatingAdmissionWebhook, which selects webhooks, calls them in their order, and calls some of them again.
type gate struct {
	plugin     *mutating.Plugin
	interfaces admission.ObjectInterfaces
}

// newAdmission is over the webhooks and namespaces among the objects; every webhook's Service is at one address.
func newAdmission(ctx context.Context, objects []runtime.Object, address string) (gate, error) {
	kinds, err := podScheme()
	if err != nil {
		return gate{}, err
	}
	at, err := url.Parse(address)
	if err != nil {
		return gate{}, err
	}
	plugin, err := mutating.NewMutatingWebhook(nil)
	if err != nil {
		return gate{}, err
	}
	for _, each := range objects {
		if namespace, ok := each.(*core.Namespace); ok {
			// As an API server does before it stores one.
			if namespace.Labels == nil {
				namespace.Labels = map[string]string{}
			}
			namespace.Labels[core.LabelMetadataName] = namespace.Name
		}
	}
	client := fake.NewClientset(objects...)
	factory := informers.NewSharedInformerFactory(client, 0)
	plugin.SetServiceResolver(oneAddress{at})
	plugin.SetAuthenticationInfoResolverWrapper(trusting)
	plugin.SetExternalKubeClientSet(client)
	plugin.SetExternalKubeInformerFactory(factory)
	if err := plugin.ValidateInitialization(); err != nil {
		return gate{}, err
	}
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())
	if !plugin.WaitForReady() {
		return gate{}, errors.New("the API server's plugin does not get ready")
	}
	return gate{plugin, admission.NewObjectInterfacesFromScheme(kinds)}, nil
}

// podScheme has one version of Pods, where an API server has another one inside.
func podScheme() (*runtime.Scheme, error) {
	kinds := runtime.NewScheme()
	if err := scheme.AddToScheme(kinds); err != nil {
		return nil, err
	}
	return kinds, kinds.AddConversionFunc((*core.Pod)(nil), (*core.Pod)(nil), func(from, to any, _ conversion.Scope) error {
		read, isPod := from.(*core.Pod)
		written, isPodToo := to.(*core.Pod)
		if !isPod || !isPodToo {
			return errors.New("no Pods")
		}
		read.DeepCopyInto(written)
		return nil
	})
}

// create changes the Pod as its webhooks do. The error says why it is refused.
func (g gate) create(ctx context.Context, pod *core.Pod) ([]called, error) {
	seen := &recorder{Attributes: admission.NewAttributesRecord(
		pod, nil, core.SchemeGroupVersion.WithKind("Pod"), pod.Namespace, pod.Name,
		core.SchemeGroupVersion.WithResource("pods"), "", admission.Create, nil, false, &user.DefaultInfo{Name: "somebody"},
	), calls: []called{}}
	err := g.plugin.Admit(ctx, seen, g.interfaces)
	// As k8s.io/apiserver/pkg/admission/reinvocation.go does.
	if again := seen.GetReinvocationContext(); err == nil && again.ShouldReinvoke() {
		again.SetIsReinvoke()
		err = g.plugin.Admit(ctx, seen, g.interfaces)
	}
	return seen.calls, err
}

// recorder keeps what the plugin notes for the audit log: which webhook was called, and whether it changed something.
type recorder struct {
	admission.Attributes
	calls []called
}

func (r *recorder) AddAnnotation(key, value string) error {
	if !strings.HasPrefix(key, mutating.MutationAuditAnnotationPrefix) {
		return nil
	}
	var noted called
	if err := json.Unmarshal([]byte(value), &noted); err != nil {
		return err
	}
	r.calls = append(r.calls, noted)
	return nil
}

type oneAddress struct{ at *url.URL }

func (o oneAddress) ResolveEndpoint(string, string, int32) (*url.URL, error) { return o.at, nil }

// trusting takes every certificate: the istiods of a world have those of a test server.
func trusting(webhookutil.AuthenticationInfoResolver) webhookutil.AuthenticationInfoResolver {
	insecure := func() (*rest.Config, error) {
		return &rest.Config{TLSClientConfig: rest.TLSClientConfig{Insecure: true}}, nil
	}
	return &webhookutil.AuthenticationInfoResolverDelegator{
		ClientConfigForFunc:        func(string) (*rest.Config, error) { return insecure() },
		ClientConfigForServiceFunc: func(string, string, int) (*rest.Config, error) { return insecure() },
	}
}
