package dev.gserver.bench;

import dev.gserver.epoll.Message;
import dev.gserver.epoll.PacketHeader;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import java.net.InetSocketAddress;

/**
 * The same service on Netty: handlers on the event loop (`inline`; `epoll`: the same on Netty's own transport, which
 * calls the kernel without the JDK's Selector), or on threads of their own (`executor`).
 */
final class NettyServer {
    private static final int LONGEST_BURST = 256; // packets after which what is answered goes out at the latest

    private NettyServer() {}

    /** Starts the server; `args`: inline, epoll or executor, threads of the event loop, threads of the executor. */
    public static void main(String[] args) throws InterruptedException {
        int loops = Integer.parseInt(args[1]);
        EventExecutorGroup executor =
                args[0].equals("executor") ? new DefaultEventExecutorGroup(Integer.parseInt(args[2])) : null;
        boolean epoll = args[0].equals("epoll");
        IoHandlerFactory ioHandlers = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        Class<? extends ServerChannel> transport =
                epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
        MultiThreadIoEventLoopGroup group = new MultiThreadIoEventLoopGroup(loops, ioHandlers);
        ChannelInitializer<Channel> initializer = new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(new LengthFieldBasedFrameDecoder(PacketHeader.MAX_PACKET_LENGTH, 0, 2, -2, 0));
                pipeline.addLast(new FlushConsolidationHandler(LONGEST_BURST, executor != null));
                pipeline.addLast(executor, new PacketHandler());
            }
        };
        Channel channel = new ServerBootstrap()
                .group(group)
                .channel(transport)
                .option(ChannelOption.SO_BACKLOG, 511)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(initializer)
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
        System.out.println("netty listening on 127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort());
        channel.closeFuture().sync();
    }

    private static final class PacketHandler extends SimpleChannelInboundHandler<ByteBuf> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
            frame.skipBytes(2);
            int code = frame.readUnsignedShort();
            int crc32 = frame.readInt();
            byte[] body = new byte[frame.readableBytes()];
            frame.readBytes(body);
            Handlers.handle(code, crc32, body, answer -> context.write(encode(context, answer)));
        }

        private static ByteBuf encode(ChannelHandlerContext context, Message answer) {
            return context.alloc()
                    .ioBuffer(answer.packetLength())
                    .writeShort(answer.packetLength())
                    .writeShort(answer.code())
                    .writeInt(answer.crc32())
                    .writeBytes(answer.body());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
