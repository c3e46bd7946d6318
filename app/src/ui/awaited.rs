//! A part of a page that waits for what it shows.

use std::future::Future;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::{Position, PositionState};

/// What a `Transition` or `Suspense` holds: `{awaited(move || async move { ... })}`. Everything that the part needs is
/// awaited in it, and nothing is read outside of that.
///
/// Used bare, a `Suspend` is built three times on the server: twice to find out what it waits for, once to be written.
/// With it everything inside is built three times, a page within a frame with all that it loads, and the page then shows
/// what one build loaded and hands the browser what another did. This one is built once, when it is written.
pub fn awaited<View, Fut>(
    view: impl Fn() -> Fut + Send + 'static,
) -> Awaited<impl Fn() -> Suspend<View> + Send + 'static>
where
    Fut: Future<Output = View> + Send + 'static,
    View: 'static,
{
    Awaited(move || Suspend::new(view()))
}

/// Made by [`awaited`].
pub struct Awaited<V>(V);

impl<V: Render> Render for Awaited<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<V: AddAnyAttr> AddAnyAttr for Awaited<V> {
    type Output<NewAttr: Attribute> = Awaited<V::Output<NewAttr>>;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        Awaited(self.0.add_any_attr(attr))
    }
}

impl<V: RenderHtml> RenderHtml for Awaited<V> {
    type AsyncOutput = V::AsyncOutput;
    type Owned = Awaited<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;

    /// Here the bare one would be built, to see what it waits for. It waits for nothing but itself.
    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self::AsyncOutput {
        self.0.resolve().await
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) where
        Self: Sized,
    {
        self.0.to_html_async_with_buf::<OUT_OF_ORDER>(
            buf,
            position,
            escape,
            mark_branches,
            extra_attrs,
        );
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate_async(cursor, position).await
    }

    fn into_owned(self) -> Self::Owned {
        Awaited(self.0.into_owned())
    }
}
